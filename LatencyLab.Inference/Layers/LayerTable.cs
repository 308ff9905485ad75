using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Optimization.Graphs;
using LatencyLab.Inference.Optimization.Quantization;

namespace LatencyLab.Inference.Layers;

/// <summary>Makes layers of profiled nodes: medians, shares, the model's own names, rates.</summary>
internal static class LayerTable
{
    /// <summary>The layers in the order in which they run; their shares add up to 1.</summary>
    /// <param name="nodes">What ran.</param>
    /// <param name="graph">The FP32 model as it is in its file.</param>
    /// <param name="peak">The machine's peak; null where it is unknown.</param>
    public static IReadOnlyList<LayerTime> Of(IReadOnlyList<ProfiledNode> nodes, ModelGraph graph, MachinePeak? peak)
    {
        var originals = OriginalLayers.Of(graph, nodes);
        var medians = nodes.Select(node => Percentile.Of([.. node.RunsMs.Order()], 0.5)).ToArray();
        var sum = medians.Sum();
        return [.. nodes.Select((node, index) =>
        {
            var family = OperatorFamily.Of(node.OperatorType);
            var main = originals[index].FirstOrDefault(layer => OperatorFamily.Of(layer.OpType) == family) ?? (originals[index] is [var only, ..] ? only : null);
            var runsInInt8 = RunsInInt8(node);
            var weights = family is OperatorFamily.Convolution or OperatorFamily.Product ? LayerArithmetic.Weights(graph, main) : null;
            var output = node.Outputs is [var first, ..] ? first : new TypedShape("none", []);
            return Roofline.Apply(
                new LayerTime
                {
                    Index = index,
                    Name = node.Name,
                    OriginalLayer = main is null ? null : LayerName.Of(main),
                    FusedLayers = [.. originals[index].Select(LayerName.Of)],
                    OperatorType = node.OperatorType,
                    Provider = node.Provider,
                    P50Ms = medians[index],
                    MeanMs = node.RunsMs.Average(),
                    Share = sum > 0 ? medians[index] / sum : 0,
                    OutputType = output.Type,
                    RunsInInt8 = runsInInt8,
                    InputShapes = [.. node.Inputs.Select(input => input.Dimensions)],
                    OutputShape = output.Dimensions,
                    MultiplyAdds = weights is null ? null : LayerArithmetic.MultiplyAdds(node.OperatorType, output.Dimensions, weights),
                    BytesMoved = LayerArithmetic.BytesMoved(node, weights, runsInInt8),
                },
                peak);
        })];
    }

    /// <summary>Layers by operator, the longest first.</summary>
    public static IReadOnlyList<OperatorShare> ByOperator(IReadOnlyList<LayerTime> layers) =>
    [
        .. layers.GroupBy(layer => layer.OperatorType)
            .Select(group => new OperatorShare(group.Key, group.Count(), group.Sum(layer => layer.P50Ms), group.Sum(layer => layer.Share)))
            .OrderByDescending(share => share.TotalMs),
    ];

    private static bool RunsInInt8(ProfiledNode node) =>
        node.Inputs is [{ IsEightBit: true }, ..] && node.OperatorType is not ("QuantizeLinear" or "DequantizeLinear");
}
