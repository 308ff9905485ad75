using System.Globalization;
using LatencyLab.Inference.Comparison;

namespace LatencyLab.Inference.Sweeps;

/// <summary>What of a sweep can be held against another one: the median of every cell.</summary>
public static class SweepSeries
{
    /// <summary>
    /// One series a cell. Its interval covers the medians of all visits besides the runs' own: sessions of one cell differ by more than
    /// the runs of one session do.
    /// </summary>
    public static IReadOnlyList<MeasuredSeries> Of(SweepResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var titles = result.Variants.ToDictionary(variant => variant.Id, variant => variant.Title);
        return [.. result.Cells.Select(cell => new MeasuredSeries
        {
            VariantId = cell.VariantId,
            ModelId = cell.ModelId,
            Title = titles.GetValueOrDefault(cell.VariantId, cell.VariantId),
            Measure = string.Create(CultureInfo.InvariantCulture, $"inference, {cell.InputPx} px, batch {cell.Batch}"),
            Samples = cell.Samples,
            ValueMs = cell.P50Ms,
            PeakMemoryBytes = cell.PeakMemoryBytes,
            ArenaBytes = cell.ArenaBytes,
            Ci95Ms = cell.Ci95Ms is [var low, var high] ? [cell.VisitsP50Ms.Append(low).Min(), cell.VisitsP50Ms.Append(high).Max()] : null,
        })];
    }
}
