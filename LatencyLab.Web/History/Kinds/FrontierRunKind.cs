using LatencyLab.Inference.Comparison;
using LatencyLab.Inference.Frontier;

namespace LatencyLab.Web.History.Kinds;

/// <summary>Accuracy against latency of a zoo.</summary>
internal sealed class FrontierRunKind() : RunKind<FrontierResult>("frontier", "Frontier")
{
    public override RunDescription Describe(FrontierResult result) => new()
    {
        Title = $"Accuracy against latency, held against {result.BaseModelId}",
        Environment = result.Environment,
        ModelIds = [.. result.Rows.Select(row => row.ModelId).Distinct()],
        VariantIds = [.. result.Rows.Select(row => row.VariantId).Distinct()],
        Headline =
        [
            new HeadlineFigure("configurations", result.Rows.Count, ""),
            .. result.Rows.Take(1).Select(row => new HeadlineFigure($"fastest: {row.ModelId} {row.VariantId}", row.InferenceP50Ms, "ms")),
        ],
    };

    public override IReadOnlyList<MeasuredSeries> SeriesOf(FrontierResult result) => [.. result.Rows.Select(row => new MeasuredSeries
    {
        VariantId = row.VariantId,
        ModelId = row.ModelId,
        Title = $"{row.ModelId} {row.VariantId}",
        Measure = "inference",
        Samples = result.Rounds,
        ValueMs = row.InferenceP50Ms,
    })];
}
