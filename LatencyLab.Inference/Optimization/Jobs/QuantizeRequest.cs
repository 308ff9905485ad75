using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Calibration;

namespace LatencyLab.Inference.Optimization.Jobs;

/// <summary>What to quantize, and how.</summary>
public sealed record QuantizeRequest
{
    /// <summary>The model.</summary>
    public required string ModelId { get; init; }

    /// <summary>How activation ranges are drawn from the calibration pictures.</summary>
    /// <value>One of <see cref="CalibrationMethods.Names"/>. The default value is <see cref="CalibrationMethods.Default"/>; without meaning for <c>fp16</c>.</value>
    public string Method { get; init; } = CalibrationMethods.Default;

    /// <summary>What is made.</summary>
    /// <value><c>int8</c> or <c>fp16</c>. The default value is <c>int8</c>.</value>
    public string Precision { get; init; } = Precisions.Int8;

    /// <summary>
    /// How many percentage points of agreement with the FP32 model may be lost, 0 to 100; the most sensitive layers then stay in float until
    /// that holds. Every other picture calibrates, and the rest judge.
    /// </summary>
    /// <value>The default value is null: every layer that can is quantized. Without meaning for <c>fp16</c>.</value>
    public double? MaxDropPoints { get; init; }

    /// <summary>Calibration pictures; null for those of the configured folder.</summary>
    public IReadOnlyList<EncodedPicture>? Pictures { get; init; }
}
