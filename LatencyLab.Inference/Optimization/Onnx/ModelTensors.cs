namespace LatencyLab.Inference.Optimization.Onnx;

/// <summary>Finds every stored tensor of a graph, wherever it hides.</summary>
internal static class ModelTensors
{
    /// <summary>Initializers and attribute tensors, those of nested graphs included.</summary>
    public static IEnumerable<TensorProto> All(GraphProto graph)
    {
        foreach (var tensor in graph.Initializer)
        {
            yield return tensor;
        }

        foreach (var sparse in graph.SparseInitializer)
        {
            yield return sparse.Values;
            yield return sparse.Indices;
        }

        foreach (var tensor in graph.Node.SelectMany(node => node.Attribute).SelectMany(Of))
        {
            yield return tensor;
        }
    }

    private static IEnumerable<TensorProto> Of(AttributeProto attribute)
    {
        if (attribute.T is not null)
        {
            yield return attribute.T;
        }

        foreach (var tensor in attribute.Tensors)
        {
            yield return tensor;
        }

        foreach (var nested in Subgraphs.Of(attribute).SelectMany(All))
        {
            yield return nested;
        }
    }
}
