using LatencyLab.Inference.Optimization.Quantization;

namespace LatencyLab.Inference.Optimization.Pruning;

/// <summary>The names by which people may call a layer: exporters number nodes, but weights keep the names of the training code.</summary>
internal static class LayerNames
{
    private const string WeightSuffix = ".weight";

    public static IEnumerable<string> Of(WeightedLayer layer)
    {
        var weights = layer.Weights.Name;
        yield return LayerName.Of(layer.Node);
        yield return weights;
        if (weights.EndsWith(WeightSuffix, StringComparison.Ordinal))
        {
            yield return weights[..^WeightSuffix.Length];
        }
    }
}
