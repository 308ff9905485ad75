namespace LatencyLab.Inference.Measurement.Load;

/// <summary>One second of a run, by when the answers came; a percentile is absent below its minimum sample count.</summary>
public sealed record TimelinePoint
{
    /// <summary>End of the second, in seconds since the measurement began.</summary>
    public required double SecondsFromStart { get; init; }

    /// <summary>Answers that came in it.</summary>
    public required long Completed { get; init; }

    /// <summary>Median; absent without any answer.</summary>
    public double? P50Ms { get; init; }

    /// <summary>95th percentile; absent below 130 answers.</summary>
    public double? P95Ms { get; init; }

    /// <summary>99th percentile; absent below 662 answers.</summary>
    public double? P99Ms { get; init; }

    /// <summary>Longest; absent without any answer.</summary>
    public double? MaxMs { get; init; }
}
