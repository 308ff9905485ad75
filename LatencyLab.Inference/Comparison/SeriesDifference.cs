namespace LatencyLab.Inference.Comparison;

/// <summary>One variant in two runs.</summary>
public sealed record SeriesDifference
{
    /// <summary>The variant's identifier.</summary>
    public required string VariantId { get; init; }

    /// <summary>Name for people.</summary>
    public required string Title { get; init; }

    /// <summary>What was timed.</summary>
    public required string Measure { get; init; }

    /// <summary>The first run's series; null where that run lacks the variant.</summary>
    public MeasuredSeries? Left { get; init; }

    /// <summary>The second run's series; null where that run lacks the variant.</summary>
    public MeasuredSeries? Right { get; init; }

    /// <summary>Median of the first over median of the second: above 1 the second is faster; null where either is unknown.</summary>
    public double? Ratio { get; init; }

    /// <summary>Bootstrap 95 % interval of the ratio; null under the other rules.</summary>
    public IReadOnlyList<double>? Ci95 { get; init; }

    /// <summary>The verdict.</summary>
    public required Evidence Evidence { get; init; }

    /// <summary>The rule that gave it.</summary>
    public required EvidenceRule Rule { get; init; }

    /// <summary>The verdict's reason, in a sentence.</summary>
    public required string Reason { get; init; }
}
