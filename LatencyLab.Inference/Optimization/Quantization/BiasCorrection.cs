using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Inference.Optimization.Quantization;

/// <summary>
/// Takes out of the bias what rounding the weights adds to a channel's output on average: the sum of rounding errors times mean inputs.
/// </summary>
/// <remarks>
/// M. Nagel et al., "Data-Free Quantization Through Weight Equalization and Bias Correction" (2019), section 4.2, with means from calibration.
/// </remarks>
internal static class BiasCorrection
{
    /// <param name="node">The Conv or Gemm.</param>
    /// <param name="shape">The shape of its weights.</param>
    /// <param name="weights">The weights before rounding.</param>
    /// <param name="quantized">The weights after.</param>
    /// <param name="bias">One a channel.</param>
    /// <param name="inputMeans">The mean of each input channel.</param>
    /// <returns>The corrected bias.</returns>
    public static float[] Apply(
        NodeProto node, IReadOnlyList<long> shape, ReadOnlySpan<float> weights, QuantizedWeights quantized,
        ReadOnlySpan<float> bias, ReadOnlySpan<float> inputMeans)
    {
        var shift = new double[bias.Length];
        var axis = WeightedOperator.ChannelAxis(node);
        var stride = (int)shape.Skip(axis + 1).Aggregate(1L, (product, d) => product * d);
        var inputs = (int)shape[1 - axis];
        var inputStride = (int)shape.Skip(2 - axis).Aggregate(1L, (product, d) => product * d);
        var outputsPerGroup = bias.Length / (int)node.Int("group", 1);
        for (var i = 0; i < weights.Length; i++)
        {
            var output = ChannelWeights.ChannelOf(i, bias.Length, stride);
            var input = (output / outputsPerGroup * inputs) + ChannelWeights.ChannelOf(i, inputs, inputStride);
            shift[output] += (((double)quantized.Values[i] * quantized.Scales[output]) - weights[i]) * inputMeans[input];
        }

        var corrected = new float[bias.Length];
        for (var channel = 0; channel < corrected.Length; channel++)
        {
            corrected[channel] = (float)(bias[channel] - shift[channel]);
        }

        return corrected;
    }
}
