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
        var (low, high) = IntervalRanks(sorted.Length, p, confidence);
        return (sorted[(int)low], sorted[(int)high]);
    }

    /// <summary>Ranks of the two samples that enclose a percentile with the given confidence; see <see cref="Interval"/>.</summary>
    /// <param name="count">Number of samples, at least 1.</param>
    /// <param name="p">The percentile, 0 to 1.</param>
    /// <param name="confidence">0 to 1; 0.95 by default.</param>
    /// <returns>Ranks from 0 for the smallest sample to <paramref name="count"/> - 1 for the largest.</returns>
    public static (long Low, long High) IntervalRanks(long count, double p, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var tail = (1 - confidence) / 2;
        var low = FirstRank(count, p, share => share > tail);
        var high = FirstRank(count, p, share => share >= 1 - tail);
        return (Math.Max(0, low - 1), high);
    }

    /// <summary>The first rank up to which the share of the binomial distribution meets a condition; the last where none does.</summary>
    private static long FirstRank(long count, double p, Predicate<double> isMet)
    {
        var (low, high) = (0L, count - 1);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = isMet(BinomialShare(p, count, middle)) ? (low, middle) : (middle + 1, high);
        }
        return low;
    }

    // Beyond what the exact distribution takes, the normal one is the same to many digits.
    private static double BinomialShare(double p, long count, long rank) => count <= int.MaxValue
        ? Binomial.CDF(p, (int)count, rank)
        : Normal.CDF(count * p, Math.Sqrt(count * p * (1 - p)), rank + 0.5);
}
