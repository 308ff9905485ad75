using LatencyLab.Inference.Optimization.Calibration;

namespace LatencyLab.Inference.Optimization.Sensitivity;

/// <summary>One collection shared out, so that no picture both calibrates a model and judges it.</summary>
/// <param name="Calibration">The pictures to calibrate with.</param>
/// <param name="Held">The pictures held back, to measure the damage on.</param>
public sealed record PictureSplit(IReadOnlyList<string> Calibration, IReadOnlyList<string> Held)
{
    /// <summary>Takes turns: a sorted collection is shared out evenly.</summary>
    /// <param name="paths">At least two picture files.</param>
    /// <exception cref="CalibrationException">There are fewer than two.</exception>
    public static PictureSplit EveryOther(IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return paths.Count >= 2
            ? new([.. paths.Where((_, i) => i % 2 == 0)], [.. paths.Where((_, i) => i % 2 == 1)])
            : throw new CalibrationException("One half of the pictures calibrates and the other half judges; that takes at least two.");
    }
}
