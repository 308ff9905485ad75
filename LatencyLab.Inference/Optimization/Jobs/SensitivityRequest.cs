using LatencyLab.Inference.Optimization.Calibration;

namespace LatencyLab.Inference.Optimization.Jobs;

/// <summary>Which model's layers to probe, and how they are quantized for that.</summary>
public sealed record SensitivityRequest
{
    /// <summary>The model.</summary>
    public required string ModelId { get; init; }

    /// <summary>How activation ranges are drawn from the calibration pictures.</summary>
    /// <value>One of <see cref="CalibrationMethods.Names"/>, percentile with its share as in <c>percentile:99.9</c>. The default value is null: <see cref="CalibrationMethods.Default"/>.</value>
    public string? Method { get; init; }

    /// <summary>Whether neighbouring layers share out the ranges of their weights first.</summary>
    /// <value>The default value is false.</value>
    public bool Equalize { get; init; }

    /// <summary>How many of the pictures are used at most, evenly spread; 1 or more.</summary>
    /// <value>The default value is null: all of them.</value>
    public int? MaxPictures { get; init; }

    /// <summary>Pictures, of which every other one calibrates; null for those of the configured folder.</summary>
    public IReadOnlyList<EncodedPicture>? Pictures { get; init; }
}
