namespace LatencyLab.Inference.Optimization.Calibration;

/// <summary>The range that loses the least information: the Kullback-Leibler divergence from the values to their bytes is smallest.</summary>
/// <remarks>
/// S. Migacz, "8-bit Inference with TensorRT" (2017). For each limit on the magnitude, the reference distribution gathers what lies beyond
/// in its outermost bins; the candidate is the part within, merged to as many levels as bytes have and spread again over the bins that
/// were not empty. There magnitudes are quantized; here the range is cut to the values seen on either side, and has 255 levels.
/// </remarks>
public sealed class EntropyCalibration : ICalibrationMethod
{
    private const int CoarseBins = 2048; // On either side of 0.
    private const int Levels = byte.MaxValue;
    private const int Stride = 8;

    // Stands for the candidate's probability where only saturated values lie, so that the logarithm exists.
    private const double Smallest = 1e-9;

    /// <inheritdoc/>
    public string Name => "entropy";

    /// <inheritdoc/>
    public IRangeEstimator CreateEstimator() => new HistogramEstimator(Range);

    private static ActivationRange Range(ActivationHistogram histogram)
    {
        var (counts, first, width) = Coarsen(histogram);
        var largest = Math.Max(-first, first + counts.Length);
        var (best, least) = (largest, double.PositiveInfinity);
        for (var limit = largest; limit > 0; limit -= Stride)
        {
            var (from, to) = (Math.Max(-limit, first) - first, Math.Min(limit, first + counts.Length) - first);
            if (to - from <= Levels)
            {
                break; // With a level for each bin nothing is rounded, and narrower ranges only cut off more.
            }

            var divergence = Divergence(counts, from, to);
            if (divergence < least)
            {
                (best, least) = (limit, divergence);
            }
        }

        return new ActivationRange((float)(-best * width), (float)(best * width));
    }

    /// <summary>Divergence of the values, those beyond moved to the ends, from the bins between two places merged to levels.</summary>
    private static double Divergence(long[] counts, int from, int to)
    {
        var inside = counts.AsSpan(from, to - from);
        var (below, above) = (Sum(counts.AsSpan(0, from)), Sum(counts.AsSpan(to)));
        double within = Sum(inside);
        var all = within + below + above;
        var divergence = 0.0;
        for (var level = 0; level < Levels; level++)
        {
            var bins = inside[(int)((long)level * inside.Length / Levels)..(int)((level + 1L) * inside.Length / Levels)];
            long sum = 0;
            var filled = 0;
            foreach (var count in bins)
            {
                sum += count;
                filled += count > 0 ? 1 : 0;
            }

            for (var i = 0; i < bins.Length; i++)
            {
                var beyond = (level == 0 && i == 0 ? below : 0) + (level == Levels - 1 && i == bins.Length - 1 ? above : 0);
                if (bins[i] + beyond > 0)
                {
                    var reference = (bins[i] + beyond) / all;
                    var candidate = bins[i] > 0 ? sum / (filled * within) : Smallest;
                    divergence += reference * Math.Log(reference / candidate);
                }
            }
        }

        return divergence;
    }

    private static (long[] Counts, int First, double Width) Coarsen(ActivationHistogram histogram)
    {
        var (begin, end) = (histogram.First, histogram.First + histogram.Counts.Length);
        var shift = 0;
        while (Math.Max(-(begin >> shift), ((end - 1) >> shift) + 1) > CoarseBins)
        {
            shift++;
        }

        var first = begin >> shift;
        var counts = new long[((end - 1) >> shift) + 1 - first];
        for (var i = 0; i < histogram.Counts.Length; i++)
        {
            counts[((begin + i) >> shift) - first] += histogram.Counts[i];
        }

        return (counts, first, Math.ScaleB(histogram.Width, shift));
    }

    private static long Sum(ReadOnlySpan<long> counts)
    {
        long sum = 0;
        foreach (var count in counts)
        {
            sum += count;
        }

        return sum;
    }
}
