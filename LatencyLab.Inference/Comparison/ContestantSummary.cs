using LatencyLab.Inference.Measurement;

namespace LatencyLab.Inference.Comparison;

/// <summary>What a contestant has done, as a result.</summary>
internal static class ContestantSummary
{
    /// <summary>A summary of the rounds so far; ratios wait for the end, where they cost no measured time.</summary>
    public static VariantResult SoFar(Contestant contestant, Contestant control)
    {
        var status = contestant.Entry.Status;
        var result = new VariantResult
        {
            Id = status.Id,
            Title = status.Title,
            ModelId = status.ModelId,
            Precision = status.Precision,
            Provider = status.Provider,
            Threads = status.Threads,
            GraphOptimization = status.GraphOptimization,
            ModelSizeBytes = status.ModelSizeBytes,
            Remote = contestant.Entry.Options.Remote,
            ColdMs = status.ColdMs,
            Failure = contestant.Failure,
        };
        if (!contestant.Stands)
        {
            return result;
        }
        return result with
        {
            Predictions = contestant.Predictions,
            AgreesWithControl = contestant == control || control.Predictions.Count == 0 || contestant.Predictions.Count == 0
                ? null
                : contestant.Predictions[0].ClassIndex == control.Predictions[0].ClassIndex,
            WarmupMs = [.. contestant.Warmup.Select(times => times.TotalMs)],
            SteadyMs = [.. contestant.Steady.Select(times => times.TotalMs)],
            Samples = contestant.Steady.Count,
            Stages = contestant.Steady.Count == 0 ? [] : Summaries.OfStages(contestant.Steady),
            Total = Summaries.OfTotals([.. contestant.Steady.Select(times => times.TotalMs)]),
        };
    }

    /// <summary>The summary of all rounds, with ratios and their intervals.</summary>
    public static VariantResult Final(Contestant contestant, Contestant control, ComparisonRequest request)
    {
        var result = SoFar(contestant, control);
        if (contestant == control || !contestant.Stands || !control.Stands || contestant.Steady.Count == 0)
        {
            return result with { ContentionCost = Contention(contestant, request) };
        }
        return result with
        {
            Speedup = BootstrapRatio.Paired(Totals(control.Steady), Totals(contestant.Steady), request.Seed),
            InferenceSpeedup = BootstrapRatio.Paired(Inference(control.Steady), Inference(contestant.Steady), request.Seed),
            ContentionCost = Contention(contestant, request),
        };
    }

    private static Speedup? Contention(Contestant contestant, ComparisonRequest request) =>
        request.Mode == ComparisonMode.Race && contestant.Stands && contestant.Baseline.Count > 0 && contestant.Steady.Count > 0
            ? BootstrapRatio.Unpaired(Totals(contestant.Steady), Totals(contestant.Baseline), request.Seed)
            : null;

    private static double[] Totals(List<StageTimes> series) => [.. series.Select(times => times.TotalMs)];

    private static double[] Inference(List<StageTimes> series) => [.. series.Select(times => times[Stage.Inference] + times[Stage.Network])];
}
