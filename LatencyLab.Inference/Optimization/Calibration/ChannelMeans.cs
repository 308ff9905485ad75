using System.Numerics.Tensors;

namespace LatencyLab.Inference.Optimization.Calibration;

/// <summary>The mean of each channel of one activation over all pictures and places.</summary>
internal sealed class ChannelMeans
{
    private double[] _sums = [];
    private long _valuesPerChannel;

    /// <summary>Takes in a batch; the second dimension counts channels.</summary>
    public void Observe(ReadOnlySpan<float> values, ReadOnlySpan<long> shape)
    {
        var (rows, channels) = ((int)shape[0], (int)shape[1]);
        var plane = values.Length / (rows * channels);
        if (_sums.Length == 0)
        {
            _sums = new double[channels];
        }

        for (var i = 0; i < rows * channels; i++)
        {
            _sums[i % channels] += TensorPrimitives.Sum(values.Slice(i * plane, plane));
        }

        _valuesPerChannel += (long)rows * plane;
    }

    /// <summary>One mean a channel.</summary>
    public float[] Means() => Array.ConvertAll(_sums, sum => (float)(sum / _valuesPerChannel));
}
