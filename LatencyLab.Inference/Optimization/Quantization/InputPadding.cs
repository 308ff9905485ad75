using LatencyLab.Inference.Optimization.Graphs;
using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Inference.Optimization.Quantization;

/// <summary>
/// Channels of zeros beside those of a picture, and weights of zero for them: the result is the same to the bit. ONNX Runtime's direct integer
/// convolution reads input channels in fours and makes sixteen or more; without it, every window of the picture is copied out first, which
/// takes longer than the convolution itself.
/// </summary>
internal static class InputPadding
{
    private const int ChannelsRead = 4;
    private const int LeastChannelsMade = 16;

    /// <summary>How many channels a layer's input lacks; 0 where padding would bring nothing.</summary>
    /// <param name="graph">The graph, with the layer's weights still in float.</param>
    /// <param name="node">A Conv or Gemm with constant weights whose input no INT8 layer makes: the picture, as a rule.</param>
    /// <param name="type">The bytes of its input. Signed ones are for other runtimes, which look for quantizing and dequantizing side by side.</param>
    public static int Missing(ModelGraph graph, NodeProto node, ActivationType type)
    {
        var isDirect = type == ActivationType.U8 && node.OpType == "Conv" && node.Int("group", 1) == 1;
        return isDirect && graph.Initializer(node.Input[1])!.Dims is [>= LeastChannelsMade, < ChannelsRead and var channels, _, _]
            ? ChannelsRead - (int)channels
            : 0;
    }

    /// <summary>Weights of a convolution with zeros for the added channels.</summary>
    /// <param name="weights">Row-major: output channel, input channel, kernel.</param>
    /// <param name="shape">Their dimensions.</param>
    /// <param name="missing">How many input channels to add.</param>
    public static (sbyte[] Weights, long[] Shape) Widen(sbyte[] weights, IReadOnlyList<long> shape, int missing)
    {
        var (outputs, inputs) = ((int)shape[0], (int)shape[1]);
        var filter = weights.Length / outputs;
        var widenedFilter = filter / inputs * (inputs + missing);
        var widened = new sbyte[outputs * widenedFilter];
        for (var output = 0; output < outputs; output++)
        {
            weights.AsSpan(output * filter, filter).CopyTo(widened.AsSpan(output * widenedFilter));
        }

        return (widened, [outputs, inputs + missing, .. shape.Skip(2)]);
    }
}
