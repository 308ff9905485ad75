using LatencyLab.Inference.Sessions;

namespace LatencyLab.Inference.Sweeps;

/// <summary>The cells of a sweep, and the order in which they are visited.</summary>
internal sealed class SweepPlan
{
    /// <param name="settings">What was asked for.</param>
    /// <param name="variants">The variants, ready and local.</param>
    public SweepPlan(SweepSettings settings, IReadOnlyList<Variant> variants)
    {
        foreach (var variant in variants)
        {
            AddCells(settings, variant);
        }
        VisitKey[] visits = [.. Cells.SelectMany(cell => Enumerable.Range(0, settings.Repetitions).Select(repetition => new VisitKey(cell, repetition)))];
        // Drawn, so that what changes slowly on the machine spreads over all cells.
        new Random(settings.Seed).Shuffle(visits);
        Visits = visits;
    }

    /// <summary>The cells by variant, size and batch.</summary>
    public List<CellKey> Cells { get; } = [];

    /// <summary>All visits of all cells in drawn order; the same for the same settings.</summary>
    public IReadOnlyList<VisitKey> Visits { get; }

    /// <summary>What is not swept, and why.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Work of a visit, in units of any kind: what a session costs by itself, and what each pixel adds.</summary>
    public double WeightOf(CellKey cell) => (cell.InputNumbers / Cells.Average(other => (double)other.InputNumbers)) + 0.2;

    private void AddCells(SweepSettings settings, Variant variant)
    {
        var (own, id) = (variant.Model.Card.Preprocessing.Size, variant.Options.Id);
        var freedom = ShapeFreedom.Of(variant.File!, variant.Model.Card.Input.Name);
        IEnumerable<int> sizes = settings.SizesPx.Count > 0 ? settings.SizesPx : [own];
        IEnumerable<int> batches = settings.Batches;
        if (freedom.SizePx is { } side)
        {
            if (sizes.Any(size => size != side))
            {
                Notes.Add($"{id}: the graph of {variant.Model.Id} fixes the input at {side} × {side} pixels, so only the batch size is swept.");
            }
            sizes = [(int)side];
        }
        if (freedom.Batch is { } batch)
        {
            if (batches.Any(other => other != batch))
            {
                Notes.Add($"{id}: the graph of {variant.Model.Id} fixes the batch at {batch}, so the batch size is not swept.");
            }
            batches = [(int)batch];
        }
        Cells.AddRange(sizes.Distinct().Order().SelectMany(size => batches.Distinct().Order().Select(count => new CellKey(id, size, count))));
    }
}
