using LatencyLab.Inference.Measurement;

namespace LatencyLab.Web.Components.Charts;

/// <summary>From how many samples on a percentile may be shown: see <see cref="Percentile.MinimumSamples"/>.</summary>
/// <param name="Name">As people call it: p90.</param>
/// <param name="MinSamples">Samples needed.</param>
/// <param name="Read">Where a summary has it.</param>
public sealed record PercentileRule(string Name, int MinSamples, Func<TotalSummary, double?> Read)
{
    /// <summary>The percentiles of a summary, lowest first.</summary>
    public static IReadOnlyList<PercentileRule> All { get; } =
    [
        new("p90", Percentile.MinimumSamples(0.90), summary => summary.P90Ms),
        new("p95", Percentile.MinimumSamples(0.95), summary => summary.P95Ms),
        new("p99", Percentile.MinimumSamples(0.99), summary => summary.P99Ms),
    ];

    /// <summary>How many samples are still missing; 0 when there are enough.</summary>
    public int Missing(int samples) => Math.Max(0, MinSamples - samples);
}
