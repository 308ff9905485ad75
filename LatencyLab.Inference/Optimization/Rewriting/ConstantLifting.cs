using LatencyLab.Inference.Optimization.Graphs;
using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Inference.Optimization.Rewriting;

/// <summary>Turns Constant nodes into initializers, so that later passes look in one place.</summary>
internal sealed class ConstantLifting : IGraphRewrite
{
    /// <inheritdoc/>
    public void Apply(ModelGraph graph)
    {
        var kept = new List<NodeProto>(graph.Nodes.Count);
        foreach (var node in graph.Nodes)
        {
            if (node.IsStandard("Constant") && Value(node) is { } value && !graph.IsOutput(node.Output[0]))
            {
                value.Name = node.Output[0];
                graph.AddInitializer(value);
            }
            else
            {
                kept.Add(node);
            }
        }

        graph.ReplaceNodes(kept);
    }

    private static TensorProto? Value(NodeProto node) => node.Attribute is not [var attribute] ? null : attribute.Name switch
    {
        "value" => attribute.T.Clone(),
        "value_float" => TensorData.Create<float>("", [attribute.F]),
        "value_floats" => TensorData.Create<float>("", [.. attribute.Floats], attribute.Floats.Count),
        "value_int" => TensorData.Create<long>("", [attribute.I]),
        "value_ints" => TensorData.Create<long>("", [.. attribute.Ints], attribute.Ints.Count),
        _ => null,
    };
}
