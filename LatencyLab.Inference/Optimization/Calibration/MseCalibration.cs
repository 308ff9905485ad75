namespace LatencyLab.Inference.Optimization.Calibration;

/// <summary>The range with the least mean squared error of quantization: a narrow one rounds finely and cuts off much, a wide one the reverse.</summary>
/// <remarks>
/// Rounding to steps of s costs s²/12 a value, as for values spread evenly over a step; a value beyond an end costs its squared distance
/// from it; zeros cost nothing. Either end is tried at 128 places between 0 and the extreme value.
/// </remarks>
public sealed class MseCalibration : ICalibrationMethod
{
    private const int Places = 128;
    private const double Steps = byte.MaxValue;

    /// <inheritdoc/>
    public string Name => "mse";

    /// <inheritdoc/>
    public IRangeEstimator CreateEstimator() => new HistogramEstimator(Range);

    private static ActivationRange Range(ActivationHistogram histogram)
    {
        var lows = Ends(histogram, Math.Min(histogram.Min, 0f));
        var highs = Ends(histogram, Math.Max(histogram.Max, 0f));
        long values = 0;
        foreach (var count in histogram.Counts)
        {
            values += count;
        }

        var (best, leastError) = (default(ActivationRange), double.PositiveInfinity);
        foreach (var low in lows)
        {
            foreach (var high in highs)
            {
                var step = (high.At - low.At) / Steps;
                var error = low.Error + high.Error + ((values - low.Beyond - high.Beyond) * step * step / 12);
                if (error < leastError)
                {
                    (best, leastError) = (new ActivationRange((float)low.At, (float)high.At), error);
                }
            }
        }

        return best;
    }

    // The widest first: of equally good ranges it is taken.
    private static End[] Ends(ActivationHistogram histogram, double extreme) =>
        extreme == 0 ? [default] : [.. Enumerable.Range(0, Places).Select(i => EndAt(histogram, extreme * (Places - i) / Places))];

    private static End EndAt(ActivationHistogram histogram, double at)
    {
        long beyond = 0;
        double error = 0;
        var counts = histogram.Counts;
        var edge = (int)Math.Floor(at / histogram.Width) - histogram.First;
        var (from, to) = at < 0 ? (0, edge) : (edge + 1, counts.Length);
        for (var i = from; i < to; i++)
        {
            if (counts[i] > 0)
            {
                var distance = histogram.Center(i) - at;
                beyond += counts[i];
                error += counts[i] * distance * distance;
            }
        }

        return new End(at, beyond, error);
    }

    /// <summary>One end of a range, the values beyond it and the sum of their squared distances from it.</summary>
    private readonly record struct End(double At, long Beyond, double Error);
}
