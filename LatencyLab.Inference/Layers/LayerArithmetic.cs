using LatencyLab.Inference.Optimization.Graphs;
using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Inference.Layers;

/// <summary>Multiply-adds and bytes of one layer, from the shapes in the profile and those of the model's weights.</summary>
internal static class LayerArithmetic
{
    /// <summary>
    /// Multiply-adds of a convolution (grouped ones included) or matrix product: every weight is used once for each position of the
    /// output. Padding that the runtime adds to fill its blocks is not counted.
    /// </summary>
    /// <param name="operatorType">The operator that runs.</param>
    /// <param name="output">Shape of its output as it runs.</param>
    /// <param name="weights">Dimensions of the weights in the model file.</param>
    public static long MultiplyAdds(string operatorType, IReadOnlyList<long> output, IReadOnlyList<long> weights)
    {
        // Quantized convolutions may run channels-last; the others never do.
        var channelsFirst = output.Count > 2 && (operatorType == OperatorFamily.Convolution || output[1] == weights[0]);
        var channels = channelsFirst ? output[1] : output[^1];
        return channels == 0 ? 0 : Product(output) / channels * Product(weights);
    }

    /// <summary>Dimensions of the weights of the layer's convolution or matrix product; null where there is none, or it is computed.</summary>
    public static IReadOnlyList<long>? Weights(ModelGraph graph, NodeProto? layer) =>
        layer is not null && layer.Input.Count > 1 && OperatorFamily.Of(layer.OpType) is OperatorFamily.Convolution or OperatorFamily.Product
            ? graph.Initializer(layer.Input[1])?.Dims
            : null;

    /// <summary>Bytes of inputs, weights and outputs; weights that the runtime packed for itself are missing in the profile and added.</summary>
    public static long? BytesMoved(ProfiledNode node, IReadOnlyList<long>? weights, bool runsInInt8)
    {
        if (node is not { ActivationBytes: { } activations, ParameterBytes: { } parameters, OutputBytes: { } outputs })
        {
            return null;
        }
        var weightBytes = weights is null ? 0 : Product(weights) * (runsInInt8 ? sizeof(sbyte) : sizeof(float));
        return activations + outputs + parameters + (parameters < weightBytes ? weightBytes : 0);
    }

    private static long Product(IReadOnlyList<long> dimensions) => dimensions.Aggregate(1L, (product, dimension) => product * dimension);
}
