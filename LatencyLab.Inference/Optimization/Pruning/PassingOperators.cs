using LatencyLab.Inference.Optimization.Graphs;
using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Inference.Optimization.Pruning;

/// <summary>Operators that treat every channel by itself, in place.</summary>
internal static class PassingOperators
{
    private static readonly HashSet<string> Unary =
    [
        "Abs", "AveragePool", "Cast", "Celu", "Clip", "Dropout", "Elu", "Erf", "Exp", "Gelu", "GlobalAveragePool", "GlobalLpPool", "GlobalMaxPool",
        "HardSigmoid", "HardSwish", "Identity", "LeakyRelu", "Log", "LpPool", "MaxPool", "Mish", "Neg", "Reciprocal", "Relu", "Selu", "Sigmoid",
        "Softplus", "Softsign", "Sqrt", "Tanh", "ThresholdedRelu",
    ];

    private static readonly HashSet<string> Elementwise = ["Add", "Sub", "Mul", "Div", "Max", "Min", "Sum", "Mean", "Pow", "PRelu"];

    public static bool IsUnary(NodeProto node) => node.IsStandard(node.OpType) && Unary.Contains(node.OpType);

    /// <summary>True for arithmetic between tensors that broadcast to one another.</summary>
    public static bool IsElementwise(NodeProto node) => node.IsStandard(node.OpType) && Elementwise.Contains(node.OpType);

    /// <summary>True for a mean or maximum over the map of each channel.</summary>
    public static bool IsMapReduction(ModelGraph graph, NodeProto node, int rank)
    {
        if (!node.IsStandard(node.OpType) || node.OpType is not ("ReduceMean" or "ReduceMax" or "ReduceSum"))
        {
            return false;
        }

        var stored = node.InputOrNull(1) is { } name ? graph.Initializer(name) is { } tensor ? TensorData.Int64s(tensor) : null : [];
        var axes = node.Find("axes")?.Ints.ToArray() ?? stored;
        return axes is { Length: > 0 } && Array.TrueForAll(axes, axis => (axis < 0 ? axis + rank : axis) >= 2);
    }

    /// <summary>True for padding of maps that adds no channels.</summary>
    public static bool IsMapPadding(ModelGraph graph, NodeProto node, int rank)
    {
        if (!node.IsStandard("Pad") || node.InputOrNull(3) is not null)
        {
            return false;
        }

        var stored = graph.Initializer(node.InputOrNull(1)) is { } tensor ? TensorData.Int64s(tensor) : null;
        var pads = node.Find("pads")?.Ints.ToArray() ?? stored;
        return pads is not null && pads.Length == 2 * rank && pads[0] == 0 && pads[1] == 0 && pads[rank] == 0 && pads[rank + 1] == 0;
    }
}
