using LatencyLab.Inference.Optimization.Graphs;
using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Inference.Optimization.Rewriting;

/// <summary>A classifier written as Flatten, MatMul and perhaps Add becomes Flatten and Gemm, which has an INT8 form with a bias.</summary>
internal sealed class MatMulToGemm : IGraphRewrite
{
    /// <inheritdoc/>
    public void Apply(ModelGraph graph)
    {
        foreach (var product in graph.Nodes.Where(node => node.IsStandard("MatMul")).ToList())
        {
            // Gemm takes matrices only, and Flatten is sure to give one.
            if (graph.Producer(product.Input[0])?.IsStandard("Flatten") == true && graph.Initializer(product.Input[1]) is { Dims: [_, var columns] })
            {
                product.OpType = "Gemm";
                AbsorbBias(graph, product, columns);
            }
        }
    }

    private static void AbsorbBias(ModelGraph graph, NodeProto gemm, long columns)
    {
        if (graph.OnlyConsumer(gemm.Output[0]) is not { } sum || !sum.IsStandard("Add"))
        {
            return;
        }

        var bias = sum.Input[0] == gemm.Output[0] ? sum.Input[1] : sum.Input[0];
        if (graph.Initializer(bias) is { Dims: [var length] } && length == columns)
        {
            gemm.Input.Add(bias);
            gemm.Output[0] = sum.Output[0];
            graph.Remove(sum);
        }
    }
}
