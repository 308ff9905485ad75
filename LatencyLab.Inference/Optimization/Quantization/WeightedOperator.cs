using LatencyLab.Inference.Optimization.Graphs;
using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Inference.Optimization.Quantization;

/// <summary>Conv and Gemm: where their weights lie and when they have an INT8 form.</summary>
internal static class WeightedOperator
{
    /// <summary>The axis of the weights that counts output channels.</summary>
    public static int ChannelAxis(NodeProto node) => node.OpType == "Gemm" && node.Int("transB", 0) == 0 ? 1 : 0;

    /// <summary>Why the operator stays in float, or null where it can be quantized.</summary>
    public static string? Obstacle(ModelGraph graph, NodeProto node)
    {
        if (graph.Initializer(node.Input[1]) is not { } weights)
        {
            return "Its weights are not constant.";
        }

        if (weights.DataType != (int)TensorProto.Types.DataType.Float)
        {
            return "Its weights are not FP32.";
        }

        if (node.OpType == "Gemm" && (node.Int("transA", 0) != 0 || node.Float("alpha", 1) != 1 || node.Float("beta", 1) != 1))
        {
            return "Gemm with transA, alpha or beta has no INT8 form.";
        }

        if (node.OpType == "Gemm" ? weights.Dims.Count != 2 : weights.Dims.Count < 3)
        {
            return "Its weights have an unexpected rank.";
        }

        var channels = weights.Dims[ChannelAxis(node)];
        return node.InputOrNull(2) is { } bias && !(graph.Initializer(bias) is { } values && values.Dims is [var length] && length == channels)
            ? "Its bias is not a constant with one value a channel."
            : null;
    }
}
