using LatencyLab.Inference.Optimization.Graphs;
using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Inference.Optimization.Quantization;

/// <summary>
/// Finds a Relu or Clip that saturation makes superfluous: its result's range lies within its bounds and holds 0, so a byte cannot leave them.
/// </summary>
internal static class ImpliedActivation
{
    /// <summary>The clamp that directly follows the node and may be dropped, or null.</summary>
    public static NodeProto? After(ModelGraph graph, NodeProto node) =>
        graph.OnlyConsumer(node.Output[0]) is { } next && HoldsZero(graph, next) ? next : null;

    private static bool HoldsZero(ModelGraph graph, NodeProto node)
    {
        if (node.IsStandard("Relu"))
        {
            return true;
        }

        // Ranges are widened to hold 0; a Clip that leaves 0 out is not implied by them.
        return node.IsStandard("Clip")
            && Bound(graph, node, 1, float.NegativeInfinity) is <= 0
            && Bound(graph, node, 2, float.PositiveInfinity) is >= 0;
    }

    private static float? Bound(ModelGraph graph, NodeProto clip, int index, float absent)
    {
        var name = clip.InputOrNull(index);
        return name is null ? absent : graph.Initializer(name) is { } bound ? TensorData.Floats(bound)[0] : null;
    }
}
