using MathNet.Numerics.Distributions;

namespace LatencyLab.Inference.Measurement;

/// <summary>Percentiles with their order-statistic intervals and minimum sample counts.</summary>
public static class Percentile
{
    /// <summary>
    /// Fewest samples from which a percentile is shown: so many that, with 99 % confidence, the largest sample but one lies above it
    /// (MLPerf LoadGen's early-stopping estimate with one discarded sample).
    /// </summary>
    /// <param name="p">The percentile, 0 to 1.</param>
    public static int MinimumSamples(double p)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(p);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(p, 1);
        var n = 2;
        // P(at most one sample above) = p^n + n (1-p) p^(n-1)
        while (Math.Pow(p, n) + (n * (1 - p) * Math.Pow(p, n - 1)) > 0.01)
        {
            n++;
        }
        return n;
    }

    /// <summary>The percentile by linear interpolation between the two nearest samples.</summary>
    /// <param name="sorted">Samples in ascending order, at least one.</param>
    /// <param name="p">The percentile, 0 to 1.</param>
    public static double Of(ReadOnlySpan<double> sorted, double p)
    {
        ArgumentOutOfRangeException.ThrowIfZero(sorted.Length);
        var position = p * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }

    /// <summary>The percentile, or null below its minimum sample count.</summary>
    public static double? OfEnough(ReadOnlySpan<double> sorted, double p) =>
        sorted.Length >= MinimumSamples(p) ? Of(sorted, p) : null;

    /// <summary>
    /// Distribution-free interval of a percentile: the samples whose ranks enclose it with the given confidence. With few samples
    /// an end may not exist; then the smallest or largest sample stands for it.
    /// </summary>
    /// <param name="sorted">Samples in ascending order, at least one.</param>
    /// <param name="p">The percentile, 0 to 1.</param>
    /// <param name="confidence">0 to 1; 0.95 by default.</param>
    public static (double Low, double High) Interval(ReadOnlySpan<double> sorted, double p, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfZero(sorted.Length);
        var n = sorted.Length;
        var tail = (1 - confidence) / 2;
        var low = 0;
        while (low < n - 1 && Binomial.CDF(p, n, low) <= tail)
        {
            low++;
        }
        var high = n - 1;
        while (high > 0 && Binomial.CDF(p, n, high - 1) >= 1 - tail)
        {
            high--;
        }
        return (sorted[Math.Max(0, low - 1)], sorted[high]);
    }
}
