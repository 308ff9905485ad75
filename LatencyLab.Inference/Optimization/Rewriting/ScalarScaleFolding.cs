using LatencyLab.Inference.Optimization.Graphs;
using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Inference.Optimization.Rewriting;

/// <summary>Conv or Gemm followed by a multiplication with one number (a logit scale, say) takes the number into its weights and bias.</summary>
internal sealed class ScalarScaleFolding : IGraphRewrite
{
    /// <inheritdoc/>
    public void Apply(ModelGraph graph)
    {
        foreach (var product in graph.Nodes.Where(node => node.IsStandard("Mul")).ToList())
        {
            for (var side = 0; side < 2; side++)
            {
                if (graph.Initializer(product.Input[1 - side]) is { } constant && Scalar(constant) is { } factor
                    && graph.Producer(product.Input[side]) is { } weighted && (weighted.IsStandard("Conv") || weighted.IsStandard("Gemm"))
                    && graph.OnlyConsumer(weighted.Output[0]) is not null && Scale(graph, weighted, factor))
                {
                    weighted.Output[0] = product.Output[0];
                    graph.Remove(product);
                    break;
                }
            }
        }
    }

    private static bool Scale(ModelGraph graph, NodeProto weighted, float factor)
    {
        var biasName = weighted.InputOrNull(2);
        if (graph.Initializer(weighted.Input[1]) is not { } weights || (biasName is not null && graph.Initializer(biasName) is null))
        {
            return false;
        }

        weighted.Input[1] = Scaled(graph, weights, factor);
        if (biasName is not null)
        {
            weighted.Input[2] = Scaled(graph, graph.Initializer(biasName)!, factor);
        }

        graph.Reindex();
        return true;
    }

    private static string Scaled(ModelGraph graph, TensorProto tensor, float factor)
    {
        var values = Array.ConvertAll(TensorData.Floats(tensor), value => value * factor);
        return graph.AddInitializer(TensorData.Create<float>(graph.UniqueName($"{tensor.Name}_scaled"), values, [.. tensor.Dims])).Name;
    }

    // At most rank 1: a constant of higher rank would raise the rank of a matrix.
    private static float? Scalar(TensorProto tensor) =>
        tensor is { DataType: (int)TensorProto.Types.DataType.Float, Dims: [] or [1] } ? TensorData.Floats(tensor)[0] : null;
}
