using LatencyLab.Inference.Measurement.Histograms;

namespace LatencyLab.Inference.Measurement.Load;

/// <summary>Latencies of some of a run's answers, in milliseconds; a percentile is absent below its minimum sample count.</summary>
public sealed record LoadFigures
{
    /// <summary>Number of answers.</summary>
    public required long Completed { get; init; }

    /// <summary>Median; absent without any answer.</summary>
    public double? P50Ms { get; init; }

    /// <summary>95th percentile; absent below 130 answers.</summary>
    public double? P95Ms { get; init; }

    /// <summary>99th percentile; absent below 662 answers.</summary>
    public double? P99Ms { get; init; }

    internal static LoadFigures Of(LatencyHistogram histogram) => new()
    {
        Completed = histogram.Count,
        P50Ms = histogram.PercentileMs(0.5),
        P95Ms = histogram.PercentileOfEnoughMs(0.95),
        P99Ms = histogram.PercentileOfEnoughMs(0.99),
    };
}
