using LatencyLab.Inference.Optimization.Graphs;
using LatencyLab.Inference.Optimization.Onnx;
using DataType = LatencyLab.Inference.Optimization.Onnx.TensorProto.Types.DataType;

namespace LatencyLab.Inference.Optimization.Facts;

/// <summary>Tells learned values from other stored constants such as bounds, axes and quantization steps.</summary>
internal static class LearnedTensors
{
    // Constants of these say how to compute.
    private static readonly HashSet<string> Settings = ["Clip", "Pad", "Resize", "Upsample", "QuantizeLinear", "DequantizeLinear"];

    // Inputs of the operators whose weights are integers beside steps and zero points.
    private static readonly Dictionary<string, int[]> IntegerWeights = new()
    {
        ["ConvInteger"] = [1], ["MatMulInteger"] = [1], ["QLinearConv"] = [3, 8], ["QLinearMatMul"] = [3], ["QGemm"] = [3, 6],
    };

    /// <summary>The stored tensors that the node learned, those behind a DequantizeLinear included.</summary>
    public static IEnumerable<TensorProto> Of(ModelGraph graph, NodeProto node)
    {
        if (Settings.Contains(node.OpType))
        {
            yield break;
        }

        var integers = IntegerWeights.GetValueOrDefault(node.OpType);
        // BatchNormalization: scale and shift are learned, mean and variance are measured.
        var last = node.IsStandard("BatchNormalization") ? 2 : node.Input.Count - 1;
        for (var i = 0; i <= last && i < node.Input.Count; i++)
        {
            var dequantized = graph.Producer(node.Input[i]) is { OpType: "DequantizeLinear" } step ? graph.Initializer(step.Input[0]) : null;
            if ((dequantized ?? graph.Initializer(node.Input[i])) is { Dims.Count: > 0 } tensor
                && (dequantized is not null || (integers is null ? IsFloat(tensor) : integers.Contains(i))))
            {
                yield return tensor;
            }
        }
    }

    public static long Count(TensorProto tensor) => tensor.Dims.Aggregate(1L, (product, size) => product * size);

    private static bool IsFloat(TensorProto tensor) =>
        (DataType)tensor.DataType is DataType.Float or DataType.Float16 or DataType.Bfloat16 or DataType.Double;
}
