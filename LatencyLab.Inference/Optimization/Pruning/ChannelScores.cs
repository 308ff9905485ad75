using LatencyLab.Inference.Optimization.Graphs;
using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Inference.Optimization.Pruning;

/// <summary>How much each output channel of a layer matters, relative to the mean of the layer, so that layers can be compared.</summary>
internal static class ChannelScores
{
    private const float DefaultEpsilon = 1e-5f;

    /// <returns>One score a channel, 1 on average; null where the layer has nothing that the criterion looks at.</returns>
    public static double[]? Of(ModelGraph graph, WeightedLayer layer, PruningCriterion criterion)
    {
        var scores = criterion == PruningCriterion.BatchNorm ? NormalizationScales(graph, layer) : Magnitudes(graph, layer);
        var mean = scores?.Average() ?? 0;
        return mean > 0 ? Array.ConvertAll(scores!, score => score / mean) : scores;
    }

    private static double[]? NormalizationScales(ModelGraph graph, WeightedLayer layer) =>
        layer.Normalization is { } normalization && graph.Initializer(normalization.Input[1]) is { } gamma
            ? Array.ConvertAll(TensorData.Floats(gamma), value => (double)Math.Abs(value))
            : null;

    private static double[] Magnitudes(ModelGraph graph, WeightedLayer layer)
    {
        var weights = TensorData.Floats(layer.Weights);
        var channels = layer.Outputs.Length;
        // Values between two neighbours along the output axis.
        var stride = (int)layer.Weights.Dims.Skip(layer.OutputAxis + 1).Aggregate(1L, (product, size) => product * size);
        var sums = new double[channels];
        for (var i = 0; i < weights.Length; i++)
        {
            sums[i / stride % channels] += Math.Abs(weights[i]);
        }

        if (layer.Normalization is { } normalization && normalization.Input.Skip(1).Select(graph.Initializer).ToArray() is [{ } gamma, _, _, { } variance])
        {
            var (scale, spread) = (TensorData.Floats(gamma), TensorData.Floats(variance));
            var epsilon = normalization.Float("epsilon", DefaultEpsilon);
            for (var i = 0; i < channels; i++)
            {
                sums[i] *= Math.Abs(scale[i]) / Math.Sqrt(spread[i] + epsilon);
            }
        }

        return sums;
    }
}
