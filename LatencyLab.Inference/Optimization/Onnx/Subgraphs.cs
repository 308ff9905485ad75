namespace LatencyLab.Inference.Optimization.Onnx;

/// <summary>The bodies of control-flow operators such as If and Loop.</summary>
internal static class Subgraphs
{
    /// <summary>The graphs that an attribute holds.</summary>
    public static IEnumerable<GraphProto> Of(AttributeProto attribute) =>
        attribute.G is null ? attribute.Graphs : attribute.Graphs.Prepend(attribute.G);

    /// <summary>Every tensor name that the node's bodies read, names from the enclosing graph included.</summary>
    public static IEnumerable<string> NamesRead(NodeProto node) =>
        from attribute in node.Attribute
        from graph in Of(attribute)
        from inner in graph.Node
        from name in inner.Input.Concat(NamesRead(inner)).Concat(graph.Output.Select(output => output.Name))
        select name;
}
