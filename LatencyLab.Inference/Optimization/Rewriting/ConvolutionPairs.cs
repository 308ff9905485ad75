using LatencyLab.Inference.Optimization.Graphs;
using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Inference.Optimization.Rewriting;

/// <summary>Two convolutions of which only the second sees what the first makes.</summary>
/// <param name="First">Makes the channels.</param>
/// <param name="Activation">The tensor that the second one reads.</param>
/// <param name="Bound">The Clip's upper end between them; infinite for a Relu or nothing.</param>
/// <param name="Second">Reads the channels.</param>
internal sealed record ConvolutionPair(NodeProto First, string Activation, float Bound, NodeProto Second);

/// <summary>Finds pairs of convolutions between which a channel's scale may be moved.</summary>
internal static class ConvolutionPairs
{
    /// <summary>All pairs, in topological order.</summary>
    public static IEnumerable<ConvolutionPair> In(ModelGraph graph)
    {
        foreach (var first in graph.Nodes.Where(node => IsPlain(graph, node)))
        {
            var (activation, bound) = (first.Output[0], float.PositiveInfinity);
            if (graph.OnlyConsumer(activation) is { } next && UpperBound(graph, next) is { } upper)
            {
                (activation, bound) = (next.Output[0], upper);
            }

            if (graph.OnlyConsumer(activation) is { } second && IsPlain(graph, second) && second.Input[0] == activation)
            {
                yield return new ConvolutionPair(first, activation, bound, second);
            }
        }
    }

    // What a clamp that maps 0 to 0 from below cuts off above; null for anything else.
    private static float? UpperBound(ModelGraph graph, NodeProto node) =>
        node.IsStandard("Relu") ? float.PositiveInfinity
        : node.IsStandard("Clip") && Constant(graph, node.InputOrNull(1), float.NegativeInfinity) is 0f
            ? Constant(graph, node.InputOrNull(2), float.PositiveInfinity)
            : null;

    private static float? Constant(ModelGraph graph, string? name, float absent) =>
        name is null ? absent : graph.Initializer(name) is { } tensor ? TensorData.Floats(tensor)[0] : null;

    private static bool IsPlain(ModelGraph graph, NodeProto node) =>
        node.IsStandard("Conv") && graph.Initializer(node.Input[1]) is { DataType: (int)TensorProto.Types.DataType.Float }
        && (node.InputOrNull(2) is not { } bias || graph.Initializer(bias) is not null);
}
