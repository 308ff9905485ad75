using LatencyLab.Inference.Optimization.Graphs;
using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Inference.Optimization.Rewriting;

/// <summary>
/// Before opset 13 a Softmax flattened its input to a matrix at its axis (1 when absent) and ran over the rows; since then it runs over one axis.
/// </summary>
internal static class SoftmaxUpgrade
{
    private const int DefaultAxis = 1;

    public static void Apply(ModelGraph graph, NodeProto softmax)
    {
        var axis = softmax.Int("axis", DefaultAxis);
        softmax.Attribute.Clear();
        softmax.Attribute.Add(NodeAttributes.Int("axis", -1));
        if (axis == -1 || (axis == DefaultAxis && graph.Producer(softmax.Input[0]) is { OpType: "Gemm" or "Flatten" }))
        {
            return;
        }

        var (input, output) = (softmax.Input[0], softmax.Output[0]);
        var shape = Node(graph, "Shape", $"{output}_shape", input);
        var rows = Node(graph, "Flatten", $"{output}_rows", input);
        rows.Attribute.Add(NodeAttributes.Int("axis", axis));
        softmax.Input[0] = rows.Output[0];
        softmax.Output[0] = graph.UniqueName($"{output}_of_rows");
        var restore = Node(graph, "Reshape", output, softmax.Output[0], shape.Output[0]);
        restore.Output[0] = output;
        graph.ReplaceNodes(graph.Nodes.SelectMany(node => node == softmax ? [shape, rows, softmax, restore] : new[] { node }));
    }

    private static NodeProto Node(ModelGraph graph, string operatorType, string output, params ReadOnlySpan<string> inputs)
    {
        var node = new NodeProto
        {
            OpType = operatorType, Name = graph.UniqueName($"{output}_{operatorType}"), Output = { graph.UniqueName(output) },
        };
        foreach (var input in inputs)
        {
            node.Input.Add(input);
        }

        return node;
    }
}
