using LatencyLab.Inference.Measurement;

namespace LatencyLab.Web.Components.Charts;

/// <summary>From how many samples on a percentile may be shown: with fewer, its order-statistic 95 % interval has no upper end.</summary>
/// <param name="Name">As people call it: p90.</param>
/// <param name="MinSamples">Samples needed.</param>
/// <param name="Read">Where a summary has it.</param>
public sealed record PercentileRule(string Name, int MinSamples, Func<TotalSummary, double?> Read)
{
    /// <summary>The percentiles of a summary, lowest first.</summary>
    public static IReadOnlyList<PercentileRule> All { get; } =
    [
        new("p90", 64, summary => summary.P90Ms),
        new("p95", 130, summary => summary.P95Ms),
        new("p99", 662, summary => summary.P99Ms),
    ];

    /// <summary>How many samples are still missing; 0 when there are enough.</summary>
    public int Missing(int samples) => Math.Max(0, MinSamples - samples);
}
