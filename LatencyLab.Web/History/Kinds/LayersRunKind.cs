using LatencyLab.Inference.Comparison;
using LatencyLab.Inference.Layers;

namespace LatencyLab.Web.History.Kinds;

/// <summary>One variant layer by layer.</summary>
internal sealed class LayersRunKind() : RunKind<LayerProfile>("layers", "Layer profile")
{
    public override RunDescription Describe(LayerProfile result) => new()
    {
        Title = $"Layers of {result.VariantId}, {result.ModelId}",
        Environment = result.Environment,
        ModelIds = [result.ModelId],
        VariantIds = [result.VariantId],
        Headline = [new HeadlineFigure("inference", result.InferenceP50Ms, "ms"), new HeadlineFigure("layers", result.Layers.Count, "")],
    };

    public override IReadOnlyList<MeasuredSeries> SeriesOf(LayerProfile result) =>
    [
        new MeasuredSeries
        {
            VariantId = result.VariantId,
            ModelId = result.ModelId,
            Title = result.VariantId,
            Measure = "inference",
            Samples = result.Runs,
            ValueMs = result.InferenceP50Ms,
        },
    ];
}
