using LatencyLab.Inference.Optimization.Graphs;
using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Inference.Optimization.Rewriting;

/// <summary>
/// Cross-layer equalization: where one convolution feeds another through nothing or a Relu, each channel between them is multiplied by a
/// factor in the first and divided by it in the second, chosen so that both layers' weights of that channel range equally far.
/// </summary>
/// <remarks>
/// M. Nagel et al., "Data-Free Quantization Through Weight Equalization and Bias Correction" (2019), section 4.1, equation 11. A Clip
/// from 0 to a bound is no multiple of itself under a factor. Channels that reached the bound on calibration pictures therefore keep
/// their scale, and the others get no factor that would take them beyond it: on those pictures the Clip then cuts what it cut before.
/// </remarks>
/// <param name="peaks">The largest value of each channel on calibration pictures, by the name of a bounded activation; those that are missing are left alone.</param>
internal sealed class CrossLayerEqualization(IReadOnlyDictionary<string, float[]> peaks) : IGraphRewrite
{
    // Each pass settles one pair and disturbs its neighbours by less and less.
    private const int MaxPasses = 50;
    private const double Settled = 1e-3;

    /// <summary>The Clips whose peaks decide how far the channels before them may be scaled.</summary>
    public static IReadOnlyList<string> BoundedActivations(ModelGraph graph) =>
        [.. ConvolutionPairs.In(graph).Where(pair => float.IsFinite(pair.Bound)).Select(pair => pair.Activation)];

    /// <inheritdoc/>
    public void Apply(ModelGraph graph)
    {
        var pairs = ConvolutionPairs.In(graph).Where(pair => !float.IsFinite(pair.Bound) || peaks.ContainsKey(pair.Activation)).ToList();
        var layers = new Dictionary<NodeProto, ScaledConvolution>(ReferenceEqualityComparer.Instance);
        foreach (var node in pairs.SelectMany(pair => new[] { pair.First, pair.Second }))
        {
            layers.TryAdd(node, new ScaledConvolution(graph, node));
        }

        var headroom = pairs.ToDictionary(pair => pair.Activation, Headroom);
        for (var pass = 0; pass < MaxPasses; pass++)
        {
            var change = pairs.Select(pair => Equalize(layers[pair.First], layers[pair.Second], headroom[pair.Activation])).DefaultIfEmpty(0).Max();
            if (change < Settled)
            {
                break;
            }
        }

        foreach (var layer in layers.Values)
        {
            layer.Store(graph);
        }
    }

    /// <returns>The largest change of a channel's scale, as the logarithm of its factor.</returns>
    private static double Equalize(ScaledConvolution first, ScaledConvolution second, double[]? headroom)
    {
        var (ranges, following) = (first.OutputRanges(), second.InputRanges());
        var largest = 0.0;
        for (var channel = 0; channel < ranges.Length; channel++)
        {
            // A dead channel has no range to share out.
            if (!float.IsNormal(ranges[channel]) || !float.IsNormal(following[channel]))
            {
                continue;
            }

            var factor = Math.Sqrt((double)following[channel] / ranges[channel]);
            if (headroom is not null)
            {
                factor = headroom[channel] > 1 ? Math.Min(factor, headroom[channel]) : 1;
                headroom[channel] /= factor;
            }

            first.ScaleOutput(channel, factor);
            second.ScaleInput(channel, 1 / factor);
            largest = Math.Max(largest, Math.Abs(Math.Log(factor)));
        }

        return largest;
    }

    // How much further a channel may grow before the bound cuts it; at most 1 for a channel that stays as it is. Null where nothing bounds.
    private double[]? Headroom(ConvolutionPair pair) => float.IsFinite(pair.Bound)
        ? Array.ConvertAll(peaks[pair.Activation], peak => peak > 0 ? (double)pair.Bound / peak : 1)
        : null;
}
