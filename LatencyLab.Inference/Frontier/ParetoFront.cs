namespace LatencyLab.Inference.Frontier;

/// <summary>Which configurations are worth considering: those that none beats in both accuracy and latency.</summary>
public static class ParetoFront
{
    /// <summary>Marks the rows on the front and sorts them, the fastest first. A row without accuracy is never on it.</summary>
    public static IReadOnlyList<FrontierRow> Mark(IReadOnlyCollection<FrontierRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return
        [
            .. rows.OrderBy(row => row.InferenceP50Ms).ThenByDescending(row => row.Top1)
                .Select(row => row with { OnFrontier = row.Top1 is not null && !rows.Any(other => Beats(other, row)) }),
        ];
    }

    private static bool Beats(FrontierRow other, FrontierRow row) =>
        other.InferenceP50Ms <= row.InferenceP50Ms && other.Top1 >= row.Top1
        && (other.InferenceP50Ms < row.InferenceP50Ms || other.Top1 > row.Top1);
}
