namespace LatencyLab.Inference.Measurement;

/// <summary>Stage times of several requests, summarized.</summary>
public static class Summaries
{
    /// <summary>Median and mean of each stage that any request passed, in request order, <see cref="Stage.Other"/> always and last.</summary>
    public static IReadOnlyList<StageSummary> OfStages(IReadOnlyCollection<StageTimes> requests)
    {
        ArgumentNullException.ThrowIfNull(requests);
        var typical = Typical(requests);
        var summaries = new List<StageSummary>();
        for (var stage = Stage.Upload; stage <= Stage.Other; stage++)
        {
            var samples = requests.Select(times => times[stage]).Order().ToArray();
            if (samples.Length > 0 && (stage == Stage.Other || samples[^1] > 0))
            {
                summaries.Add(new StageSummary(stage, Percentile.Of(samples, 0.5), samples.Average(), typical.Average(times => times[stage])));
            }
        }
        return summaries;
    }

    /// <summary>The half of the requests whose totals lie around the median; at least one.</summary>
    private static StageTimes[] Typical(IReadOnlyCollection<StageTimes> requests)
    {
        var skipped = requests.Count / 4;
        return [.. requests.OrderBy(times => times.TotalMs).Skip(skipped).Take(requests.Count - (2 * skipped))];
    }

    /// <summary>Summary of totals, or null without any.</summary>
    /// <param name="samplesMs">Totals in milliseconds, in any order.</param>
    public static TotalSummary? OfTotals(IReadOnlyCollection<double> samplesMs)
    {
        ArgumentNullException.ThrowIfNull(samplesMs);
        if (samplesMs.Count == 0)
        {
            return null;
        }
        var sorted = samplesMs.Order().ToArray();
        var (low, high) = Percentile.Interval(sorted, 0.5);
        return new TotalSummary
        {
            P50Ms = Percentile.Of(sorted, 0.5),
            P90Ms = Percentile.OfEnough(sorted, 0.90),
            P95Ms = Percentile.OfEnough(sorted, 0.95),
            P99Ms = Percentile.OfEnough(sorted, 0.99),
            MinMs = sorted[0],
            MeanMs = sorted.Average(),
            Ci95Ms = [low, high],
        };
    }
}
