namespace LatencyLab.Inference.Optimization.Quantization;

/// <summary>Symmetric quantization of weights, channel by channel.</summary>
/// <remarks>R. Krishnamoorthi, "Quantizing deep convolutional networks for efficient inference" (2018), sections 2.3 and 3.1.</remarks>
internal sealed class WeightQuantizer(WeightRange range)
{
    // Headroom for the products that are added to the bias: at most half of the accumulator.
    private const double LargestBias = 1 << 30;

    // An accumulator step below this is no longer a normal float of useful precision.
    private const double SmallestAccumulatorStep = 1e-30;

    /// <summary>The largest magnitude that a weight takes.</summary>
    public int Limit { get; } = range == WeightRange.SevenBit ? 63 : 127;

    /// <param name="weights">Row-major.</param>
    /// <param name="bias">One a channel.</param>
    /// <param name="inputScale">The scale of the activation that the weights multiply.</param>
    /// <param name="channelStride">The distance between neighbouring weights along the channel axis.</param>
    public QuantizedWeights Quantize(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, float inputScale, int channelStride)
    {
        var channels = bias.Length;
        var (values, scales) = (new sbyte[weights.Length], new float[channels]);
        var ofChannel = new float[weights.Length / channels];
        for (var channel = 0; channel < channels; channel++)
        {
            ChannelWeights.Gather(weights, channel, channels, channelStride, ofChannel);
            scales[channel] = Scale(ofChannel, bias[channel], inputScale);
        }

        for (var i = 0; i < weights.Length; i++)
        {
            var steps = Math.Round(weights[i] / (double)scales[ChannelWeights.ChannelOf(i, channels, channelStride)], MidpointRounding.ToEven);
            values[i] = (sbyte)Math.Clamp(steps, -Limit, Limit);
        }

        var biasScales = Array.ConvertAll(scales, scale => scale * inputScale);
        return new QuantizedWeights(values, scales, InSteps(bias, biasScales), biasScales);
    }

    /// <summary>A bias in the steps of its accumulator.</summary>
    public static int[] InSteps(ReadOnlySpan<float> bias, ReadOnlySpan<float> biasScales)
    {
        var steps = new int[bias.Length];
        for (var i = 0; i < steps.Length; i++)
        {
            steps[i] = (int)Math.Round(bias[i] / (double)biasScales[i], MidpointRounding.ToEven);
        }

        return steps;
    }

    // A dead channel has no weight to set its scale, and tiny weights beside a large bias would overflow the bias.
    private float Scale(ReadOnlySpan<float> weights, float bias, float inputScale)
    {
        var byBias = Math.Abs(bias) / LargestBias / inputScale;
        var byPrecision = SmallestAccumulatorStep / inputScale;
        return (float)Math.Max(ChannelScale.Fit(weights, Limit), Math.Max(byBias, byPrecision));
    }
}
