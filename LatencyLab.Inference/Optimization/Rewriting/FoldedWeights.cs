using LatencyLab.Inference.Optimization.Graphs;
using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Inference.Optimization.Rewriting;

/// <summary>Gives a Conv or Gemm weights and bias of its own; the old ones may be shared with other nodes.</summary>
internal static class FoldedWeights
{
    public static void Replace(ModelGraph graph, NodeProto node, ReadOnlySpan<float> weights, ReadOnlySpan<long> shape, ReadOnlySpan<float> bias)
    {
        var name = node.Input[1];
        node.Input[1] = graph.AddInitializer(TensorData.Create(graph.UniqueName($"{name}_folded"), weights, shape)).Name;
        var biasName = graph.AddInitializer(TensorData.Create(graph.UniqueName($"{name}_folded_bias"), bias, bias.Length)).Name;
        if (node.Input.Count > 2)
        {
            node.Input[2] = biasName;
        }
        else
        {
            node.Input.Add(biasName);
        }

        graph.Reindex();
    }
}
