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
            if (graph.Producer(product.Input[0])?.IsStandard("Flatten") != true)
            {
                continue;
            }

            AbsorbTransposition(graph, product);
            if (graph.Initializer(product.Input[1]) is { Dims: [var first, var second] })
            {
                product.OpType = "Gemm";
                AbsorbBias(graph, product, columns: product.Int("transB", 0) == 0 ? second : first);
            }
        }
    }

    // Exporters that fold no constants leave the weights as [columns, rows] with a Transpose before the product.
    private static void AbsorbTransposition(ModelGraph graph, NodeProto product)
    {
        if (graph.Producer(product.Input[1]) is not { } transpose || !transpose.IsStandard("Transpose")
            || graph.Initializer(transpose.Input[0]) is not { Dims: [_, _] }
            || !(transpose.Find("perm")?.Ints is null or [1, 0]))
        {
            return;
        }

        product.Input[1] = transpose.Input[0];
        product.Attribute.Add(NodeAttributes.Int("transB", 1));
        graph.Reindex();
        if (graph.Consumers(transpose.Output[0]).Count == 0 && !graph.IsOutput(transpose.Output[0]))
        {
            graph.Remove(transpose);
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
