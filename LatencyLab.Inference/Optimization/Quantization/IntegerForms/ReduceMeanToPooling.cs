using LatencyLab.Inference.Optimization.Graphs;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Inference.Optimization.Rewriting;

namespace LatencyLab.Inference.Optimization.Quantization;

/// <summary>A ReduceMean over height and width is a GlobalAveragePool, followed by a Flatten where the two dimensions are dropped.</summary>
internal sealed class ReduceMeanToPooling : IGraphRewrite
{
    // What comes out of these has as many dimensions as what goes in.
    private static readonly HashSet<string> KeepsRank =
    [
        "Relu", "Clip", "Sigmoid", "HardSigmoid", "HardSwish", "LeakyRelu", "PRelu", "Elu", "Mish", "Tanh", "Add", "Mul", "Concat", "MaxPool",
        "AveragePool", "BatchNormalization", "Dropout", "Identity", "Pad", "LRN",
    ];

    /// <inheritdoc/>
    public void Apply(ModelGraph graph)
    {
        foreach (var mean in graph.Nodes.Where(node => node.IsStandard("ReduceMean")).ToList())
        {
            if (!ReducesPlanes(graph, mean))
            {
                continue;
            }

            var keepsDimensions = mean.Int("keepdims", 1) != 0;
            mean.OpType = "GlobalAveragePool";
            mean.Attribute.Clear();
            while (mean.Input.Count > 1)
            {
                mean.Input.RemoveAt(1);
            }

            if (!keepsDimensions)
            {
                Flatten(graph, mean);
            }

            graph.Reindex();
        }
    }

    private static void Flatten(ModelGraph graph, NodeProto pool)
    {
        var output = pool.Output[0];
        pool.Output[0] = graph.UniqueName($"{output}_pooled");
        var flatten = new NodeProto
        {
            OpType = "Flatten", Name = graph.UniqueName($"{output}_Flatten"), Input = { pool.Output[0] }, Output = { output },
            Attribute = { NodeAttributes.Int("axis", 1) },
        };
        graph.ReplaceNodes(graph.Nodes.SelectMany(node => node == pool ? [node, flatten] : new[] { node }));
    }

    private static bool ReducesPlanes(ModelGraph graph, NodeProto mean)
    {
        // Up to opset 17 an attribute, then an input.
        var axes = mean.Find("axes") is { } attribute ? [.. attribute.Ints]
            : graph.Initializer(mean.InputOrNull(1)) is { } input ? TensorData.Int64s(input)
            : [];
        return axes.Select(axis => axis < 0 ? axis + 4 : axis).Order().SequenceEqual([2, 3]) && IsPicture(graph, mean.Input[0]);
    }

    /// <summary>Whether a tensor is known to have four dimensions: it comes from a Conv with weights of four.</summary>
    private static bool IsPicture(ModelGraph graph, string tensor)
    {
        while (graph.Producer(tensor) is { } producer && producer.IsStandard(producer.OpType))
        {
            if (producer.OpType == "Conv")
            {
                return graph.Initializer(producer.Input[1])?.Dims.Count == 4;
            }

            if (!KeepsRank.Contains(producer.OpType))
            {
                return false;
            }

            // Broadcasting takes the larger rank: a constant cannot be what is followed.
            tensor = producer.Input.FirstOrDefault(input => graph.Producer(input) is not null) ?? "";
        }

        return false;
    }
}
