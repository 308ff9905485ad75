using System.Numerics.Tensors;

namespace LatencyLab.Inference.Optimization.Calibration;

/// <summary>The largest value of each channel of some activations, over all pictures and places.</summary>
internal sealed class ChannelPeaks(IReadOnlyList<string> tensors) : IActivationObserver
{
    private readonly Dictionary<string, float[]> _peaks = [];

    /// <inheritdoc/>
    public IReadOnlyList<string> Tensors { get; } = tensors;

    /// <summary>One peak a channel, by tensor.</summary>
    public IReadOnlyDictionary<string, float[]> Peaks => _peaks;

    /// <inheritdoc/>
    public void Observe(string tensor, ReadOnlySpan<float> values, ReadOnlySpan<long> shape)
    {
        var (rows, channels) = ((int)shape[0], (int)shape[1]);
        var plane = values.Length / (rows * channels);
        if (!_peaks.TryGetValue(tensor, out var peaks))
        {
            peaks = _peaks[tensor] = new float[channels];
            peaks.AsSpan().Fill(float.NegativeInfinity);
        }

        for (var i = 0; i < rows * channels; i++)
        {
            peaks[i % channels] = MathF.Max(peaks[i % channels], TensorPrimitives.Max(values.Slice(i * plane, plane)));
        }
    }
}
