using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Calibration;

namespace LatencyLab.Inference.Optimization.Jobs;

/// <summary>What to quantize, and how.</summary>
public sealed record QuantizeRequest
{
    /// <summary>The model.</summary>
    public required string ModelId { get; init; }

    /// <summary>How activation ranges are drawn from the calibration pictures.</summary>
    /// <value><c>min-max</c>, <c>percentile</c>, <c>entropy</c> or <c>mse</c>. The default value is <c>min-max</c>; without meaning for <c>fp16</c>.</value>
    public string Method { get; init; } = "min-max";

    /// <summary>What is made.</summary>
    /// <value><c>int8</c> or <c>fp16</c>. The default value is <c>int8</c>.</value>
    public string Precision { get; init; } = Precisions.Int8;

    /// <summary>Calibration pictures; null for those of the configured folder.</summary>
    public IReadOnlyList<EncodedPicture>? Pictures { get; init; }
}
