using LatencyLab.Inference.Comparison;

namespace LatencyLab.Web.History.Kinds;

/// <summary>One picture against several variants.</summary>
internal sealed class ComparisonRunKind() : RunKind<ComparisonResult>("comparison", "Comparison")
{
    public override string AddressOf(string id) => $"comparisons/{Uri.EscapeDataString(id)}";

    public override RunDescription Describe(ComparisonResult result) => new()
    {
        Title = result.Mode == ComparisonMode.Race ? $"{result.Image.Name}, race" : result.Image.Name,
        Environment = result.Environment,
        ModelIds = [.. result.Variants.Select(variant => variant.ModelId).Distinct()],
        VariantIds = [.. result.Variants.Select(variant => variant.Id)],
        Headline = [.. result.Variants.Where(variant => variant.Total is not null)
            .Select(variant => new HeadlineFigure(variant.Title, variant.Total!.P50Ms, "ms"))],
    };

    public override IReadOnlyList<MeasuredSeries> SeriesOf(ComparisonResult result) => [.. result.Variants.Select(MeasuredSeries.Of)];

    protected override string? ProblemOf(ComparisonResult result)
    {
        foreach (var variant in result.Variants)
        {
            if (variant.Total is { Ci95Ms.Length: not 2 } || variant.Speedup is { Ci95.Length: not 2 })
            {
                return $"an interval of `{variant.Id}` does not have two ends";
            }
            if (variant.SteadyMs.Any(sample => !(sample > 0)) || variant.Total is { P50Ms: <= 0 })
            {
                return $"a duration of `{variant.Id}` is not above 0";
            }
        }
        return result.Variants.Count == 0 ? "it has no variants" : null;
    }
}
