using LatencyLab.Inference.Optimization.Graphs;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Inference.Optimization.Rewriting;

namespace LatencyLab.Inference.Optimization.Quantization;

/// <summary>A Sum of two tensors, as older exporters write residual connections, is an Add.</summary>
internal sealed class SumToAdd : IGraphRewrite
{
    /// <inheritdoc/>
    public void Apply(ModelGraph graph)
    {
        foreach (var sum in graph.Nodes.Where(node => node.IsStandard("Sum") && node.Input.Count == 2))
        {
            sum.OpType = "Add";
        }
    }
}
