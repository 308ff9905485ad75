using LatencyLab.Inference.Measurement;

namespace LatencyLab.Inference.Sweeps;

/// <summary>The visits of each cell, put together.</summary>
internal static class SweepSummary
{
    /// <summary>One cell for each key, in the same order.</summary>
    public static IReadOnlyList<SweepCell> OfCells(IEnumerable<CellKey> cells, IReadOnlyCollection<CellVisit> visits, string modelId)
    {
        var byCell = visits.ToLookup(visit => visit.Key.Cell);
        return [.. cells.Select(cell => OfCell(cell, [.. byCell[cell]], modelId))];
    }

    /// <summary>A line for each variant and size.</summary>
    public static IReadOnlyList<LatencyFit> OfFits(IEnumerable<SweepCell> cells) =>
        [.. cells.GroupBy(cell => (cell.VariantId, cell.InputPx)).Select(LatencyFit.Of).OfType<LatencyFit>()];

    private static SweepCell OfCell(CellKey cell, CellVisit[] visits, string modelId)
    {
        var good = Array.FindAll(visits, visit => visit.Failure is null);
        double[] runs = [.. good.SelectMany(visit => visit.RunsMs)];
        var summary = Summaries.OfTotals(runs);
        return new SweepCell
        {
            VariantId = cell.VariantId,
            ModelId = modelId,
            InputPx = cell.InputPx,
            Batch = cell.Batch,
            Samples = runs.Length,
            P50Ms = summary?.P50Ms,
            P95Ms = summary?.P95Ms,
            MeanMs = summary?.MeanMs,
            Ci95Ms = summary?.Ci95Ms,
            VisitsP50Ms = [.. good.Where(visit => visit.RunsMs.Count > 0).Select(visit => Median(visit.RunsMs))],
            ThroughputPerSecond = summary is null ? null : 1000 * cell.Batch / summary.P50Ms,
            PeakMemoryBytes = good.Max(visit => visit.PeakMemoryBytes),
            ArenaBytes = good.Max(visit => visit.ArenaBytes),
            ColdStartMs = good.Length == 0 ? null : Median(good.Select(visit => visit.ColdStartMs!.Value)),
            WarmupMs = RunByRun(good),
            // One visit that succeeded has numbers; a failure beside it is told all the same.
            Failure = visits.Select(visit => visit.Failure).FirstOrDefault(failure => failure is not null),
        };
    }

    /// <summary>Medians of the first runs, second runs and so on; as long as half of the visits still warmed up.</summary>
    private static double[] RunByRun(CellVisit[] visits)
    {
        var lengths = visits.Select(visit => visit.WarmupMs.Count).Order().ToArray();
        var length = lengths.Length == 0 ? 0 : lengths[lengths.Length / 2];
        return [.. Enumerable.Range(0, length).Select(run => Median(visits.Where(visit => visit.WarmupMs.Count > run).Select(visit => visit.WarmupMs[run])))];
    }

    private static double Median(IEnumerable<double> values) => Percentile.Of([.. values.Order()], 0.5);
}
