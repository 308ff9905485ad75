namespace LatencyLab.Inference.Optimization.Quantization;

/// <summary>Where one output channel's weights lie among all of them.</summary>
internal static class ChannelWeights
{
    /// <summary>The channel that a weight belongs to.</summary>
    /// <param name="index">The weight's place in row-major order.</param>
    /// <param name="channels">How many channels there are.</param>
    /// <param name="stride">The distance between neighbouring weights along the channel axis.</param>
    public static int ChannelOf(int index, int channels, int stride) => index / stride % channels;

    /// <summary>Copies one channel's weights together.</summary>
    public static void Gather(ReadOnlySpan<float> weights, int channel, int channels, int stride, Span<float> destination)
    {
        for (var block = 0; block < destination.Length / stride; block++)
        {
            weights.Slice(((block * channels) + channel) * stride, stride).CopyTo(destination[(block * stride)..]);
        }
    }
}
