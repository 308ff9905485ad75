using LatencyLab.Inference.Optimization.Calibration;

namespace LatencyLab.Inference.Optimization.Quantization;

/// <summary>How an activation maps to bytes: real = scale x (byte - zero point).</summary>
/// <remarks>Asymmetric quantization after Jacob et al. (2018), section 2.1.</remarks>
/// <param name="Scale">The step between two neighbouring bytes; above 0.</param>
/// <param name="ZeroPoint">The byte, unsigned or signed, that stands for exactly 0, so that padding and ReLU are exact.</param>
public readonly record struct ActivationScale(float Scale, int ZeroPoint)
{
    private const float Steps = byte.MaxValue;

    // Below it, products of scales leave float's normal range and turn slow or zero.
    private const float SmallestStep = 1e-12f;

    /// <summary>The mapping that covers a range, widened to hold 0.</summary>
    /// <param name="range">The range.</param>
    /// <param name="type">Unsigned or signed bytes.</param>
    /// <remarks>A range that is only 0 tells nothing of the values to come; it maps as [0, 1].</remarks>
    public static ActivationScale Covering(ActivationRange range, ActivationType type = ActivationType.U8)
    {
        var (min, max) = (Math.Min(range.Min, 0f), Math.Max(range.Max, 0f));
        if (min == max)
        {
            max = 1f;
        }

        var scale = Math.Max((float)(((double)max - min) / Steps), SmallestStep);
        var zeroPoint = (int)Math.Clamp(Math.Round(-min / (double)scale, MidpointRounding.ToEven), 0, Steps);
        return new ActivationScale(scale, type == ActivationType.U8 ? zeroPoint : zeroPoint + sbyte.MinValue);
    }
}
