using System.Text.Json.Serialization;

namespace LatencyLab.Inference.Measurement;

/// <summary>Total times over the measured rounds, in milliseconds.</summary>
public sealed record TotalSummary
{
    /// <summary>Median.</summary>
    public required double P50Ms { get; init; }

    /// <summary>90th percentile; absent below 64 samples.</summary>
    public double? P90Ms { get; init; }

    /// <summary>95th percentile; absent below 130 samples.</summary>
    public double? P95Ms { get; init; }

    /// <summary>99th percentile; absent below 662 samples.</summary>
    public double? P99Ms { get; init; }

    /// <summary>Shortest.</summary>
    public required double MinMs { get; init; }

    /// <summary>Mean.</summary>
    public required double MeanMs { get; init; }

    /// <summary>Order-statistic 95 % interval of the median: lower and upper end.</summary>
    [JsonPropertyName("ci95Ms")]
    public required double[] Ci95Ms { get; init; }
}
