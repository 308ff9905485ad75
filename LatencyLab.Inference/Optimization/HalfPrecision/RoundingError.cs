namespace LatencyLab.Inference.Optimization.HalfPrecision;

/// <summary>How far stored values lie from the original ones.</summary>
internal sealed class RoundingError
{
    private double _sum;

    /// <summary>Values compared.</summary>
    public long Values { get; private set; }

    /// <summary>The largest distance.</summary>
    public double Max { get; private set; }

    /// <summary>The mean distance; 0 before any value.</summary>
    public double Mean => Values == 0 ? 0 : _sum / Values;

    public void Add(ReadOnlySpan<float> values, ReadOnlySpan<Half> stored)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var error = Math.Abs((double)values[i] - (double)stored[i]);
            _sum += error;
            Max = Math.Max(Max, error);
        }

        Values += values.Length;
    }
}
