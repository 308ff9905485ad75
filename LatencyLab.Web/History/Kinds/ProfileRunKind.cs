using LatencyLab.Inference.Comparison;
using LatencyLab.Inference.Sweeps;
using LatencyLab.Web.Profiles;

namespace LatencyLab.Web.History.Kinds;

/// <summary>Variants over input size and batch size.</summary>
internal sealed class ProfileRunKind() : RunKind<SweepResult>(ProfileStatus.RunKind, "Profile")
{
    public override string AddressOf(string id) => $"profile/{Uri.EscapeDataString(id)}";

    public override RunDescription Describe(SweepResult result) => new()
    {
        Title = $"Profile of {result.Settings.ModelId}",
        Environment = result.Environment,
        ModelIds = [result.Settings.ModelId],
        VariantIds = [.. result.Variants.Select(variant => variant.Id)],
        Headline = [new HeadlineFigure("cells", result.Cells.Count, ""), .. Best(result)],
    };

    public override IReadOnlyList<MeasuredSeries> SeriesOf(SweepResult result) => SweepSeries.Of(result);

    protected override IReadOnlyList<string> NotesOn(SweepResult a, SweepResult b) => a.Settings.Repetitions != b.Settings.Repetitions
        ? ["The numbers of visits differ: more sessions have wider intervals."]
        : [];

    protected override string? ProblemOf(SweepResult result)
    {
        foreach (var cell in result.Cells)
        {
            if (cell.Ci95Ms is { Length: not 2 })
            {
                return $"an interval of `{cell.VariantId}` does not have two ends";
            }
            if (cell is { P50Ms: <= 0 } or { ColdStartMs: <= 0 } || cell.Batch < 1 || cell.InputPx < 1 || cell.VisitsP50Ms.Concat(cell.WarmupMs).Any(ms => !(ms > 0)))
            {
                return $"a duration or a size of `{cell.VariantId}` is not above 0";
            }
        }
        return result.Settings.Problem() ?? (result.Cells.Count == 0 ? "it has no cells" : null);
    }

    private static HeadlineFigure[] Best(SweepResult result) =>
        result.Cells.Where(cell => cell.ThroughputPerSecond is not null).MaxBy(cell => cell.ThroughputPerSecond) is { } best
            ? [new HeadlineFigure($"most: {best.VariantId}, batch {best.Batch}", best.ThroughputPerSecond!.Value, "/s")]
            : [];
}
