using LatencyLab.Inference.Optimization.Facts;
using LatencyLab.Inference.Optimization.Graphs;
using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Inference.Optimization.Pruning;

/// <summary>What each layer costs, before channels go and after. Nodes are matched by position: names need not be unique.</summary>
internal sealed class LayerCosts
{
    private static readonly HashSet<string> Weighted = ["Conv", "ConvTranspose", "Gemm", "MatMul"];

    private readonly ChannelUnits _units;
    private readonly GraphFacts _before;
    private readonly WeightedLayer?[] _layers;

    /// <param name="graph">The graph before channels go.</param>
    /// <param name="found">What may go.</param>
    /// <param name="before">Facts of the same graph.</param>
    public LayerCosts(ModelGraph graph, ChannelDependencies found, GraphFacts before)
    {
        (_units, _before) = (found.Units, before);
        var layers = new Dictionary<NodeProto, WeightedLayer>(ReferenceEqualityComparer.Instance);
        foreach (var layer in found.Layers)
        {
            layers.Add(layer.Node, layer);
        }

        _layers = [.. graph.Nodes.Select(layers.GetValueOrDefault)];
    }

    /// <summary>Multiply-adds of the model without these units.</summary>
    public long Remaining(HashSet<int> removed)
    {
        var total = _before.MultiplyAccumulates;
        for (var i = 0; i < _layers.Length; i++)
        {
            if (_layers[i] is { } layer)
            {
                var before = _before.Layers[i].MultiplyAccumulates;
                var share = Kept(layer.Outputs, removed) * (layer.Inputs is { } inputs ? Kept(inputs, removed) : 1);
                total += (long)Math.Round(before * share) - before;
            }
        }

        return total;
    }

    /// <summary>The layers with their channels and multiply-adds, once the channels are gone.</summary>
    public IReadOnlyList<PrunedLayer> Layers(GraphFacts after)
    {
        var layers = new List<PrunedLayer>();
        for (var i = 0; i < _layers.Length; i++)
        {
            var (layer, remaining) = (_before.Layers[i], after.Layers[i]);
            if (Weighted.Contains(layer.Operator))
            {
                layers.Add(new PrunedLayer(
                    layer.Name, layer.Operator, _layers[i]?.Weights.Name, Channels(layer), Channels(remaining),
                    layer.MultiplyAccumulates, remaining.MultiplyAccumulates, Obstacle(_layers[i])));
            }
        }

        return layers;
    }

    private static int Channels(LayerFacts layer) => layer.OutputShape is [_, var channels, ..] ? (int)channels : 0;

    // A layer may be free in part, in front of a concatenation for instance; then there is nothing to explain.
    private string? Obstacle(WeightedLayer? layer) =>
        layer is null ? "Its weights or bias are not stored in FP32."
        : Array.TrueForAll(layer.Outputs, channel => _units.Frozen(channel) is not null) ? _units.Frozen(layer.Outputs[0])
        : null;

    private double Kept(int[] channels, HashSet<int> removed) =>
        (double)channels.Count(channel => !removed.Contains(_units.Unit(channel))) / channels.Length;
}
