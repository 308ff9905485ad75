using LatencyLab.Inference.Optimization.Graphs;
using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Inference.Optimization.Rewriting;

/// <summary>
/// Conv followed by BatchNormalization becomes one Conv: each output channel's weights are multiplied by gamma / sqrt(variance + epsilon).
/// </summary>
/// <remarks>B. Jacob et al., "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference" (2018), equation 14.</remarks>
internal sealed class BatchNormalizationFolding : IGraphRewrite
{
    private const float DefaultEpsilon = 1e-5f;

    /// <inheritdoc/>
    public void Apply(ModelGraph graph)
    {
        foreach (var normalization in graph.Nodes.Where(node => node.IsStandard("BatchNormalization")).ToList())
        {
            if (graph.Producer(normalization.Input[0]) is { } convolution && convolution.IsStandard("Conv")
                && graph.OnlyConsumer(convolution.Output[0]) is not null)
            {
                Fold(graph, convolution, normalization);
            }
        }
    }

    private static void Fold(ModelGraph graph, NodeProto convolution, NodeProto normalization)
    {
        var parameters = normalization.Input.Skip(1).Select(graph.Initializer).ToArray();
        var weights = graph.Initializer(convolution.Input[1]);
        var biasName = convolution.InputOrNull(2);
        var bias = graph.Initializer(biasName);
        if (weights is null || parameters.Length != 4 || parameters.Any(p => p is null) || (biasName is not null && bias is null)
            || normalization.Int("training_mode", 0) != 0
            || !parameters.Append(bias ?? parameters[0]).All(p => p!.Dims is [var length] && length == weights.Dims[0]))
        {
            return;
        }

        var (gamma, beta) = (TensorData.Floats(parameters[0]!), TensorData.Floats(parameters[1]!));
        var (mean, variance) = (TensorData.Floats(parameters[2]!), TensorData.Floats(parameters[3]!));
        var epsilon = normalization.Float("epsilon", DefaultEpsilon);
        var values = TensorData.Floats(weights);
        var shift = bias is null ? new float[gamma.Length] : TensorData.Floats(bias);
        var perChannel = values.Length / gamma.Length;
        for (var channel = 0; channel < gamma.Length; channel++)
        {
            var factor = gamma[channel] / Math.Sqrt((double)variance[channel] + epsilon);
            foreach (ref var value in values.AsSpan(channel * perChannel, perChannel))
            {
                value = (float)(value * factor);
            }

            shift[channel] = (float)(((shift[channel] - mean[channel]) * factor) + beta[channel]);
        }

        FoldedWeights.Replace(graph, convolution, values, [.. weights.Dims], shift);
        convolution.Output[0] = normalization.Output[0];
        graph.Remove(normalization);
    }
}
