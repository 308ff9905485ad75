using System.Globalization;

namespace LatencyLab.Inference.Optimization.Calibration;

/// <summary>The range that holds the middle share of all values: half of the rest is cut off at either end.</summary>
public sealed class PercentileCalibration : ICalibrationMethod
{
    /// <summary>The share kept by default, in percent.</summary>
    public const double DefaultPercentile = 99.999;

    private readonly double _tail;
    private readonly string _name;

    /// <param name="percentile">The share kept, in percent: 90 to 100.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is another number.</exception>
    public PercentileCalibration(double percentile = DefaultPercentile)
    {
        if (!(percentile is >= 90 and <= 100))
        {
            throw new ArgumentOutOfRangeException(nameof(percentile), percentile, "A percentile for calibration is 90 to 100.");
        }

        _tail = (100 - percentile) / 200;
        _name = string.Create(CultureInfo.InvariantCulture, $"percentile:{percentile}");
    }

    /// <inheritdoc/>
    public string Name => _name;

    /// <inheritdoc/>
    public IRangeEstimator CreateEstimator() => new HistogramEstimator(Range);

    private ActivationRange Range(ActivationHistogram histogram)
    {
        var counts = histogram.Counts;
        var total = histogram.Zeros;
        foreach (var count in counts)
        {
            total += count;
        }

        return new ActivationRange((float)Low(histogram, _tail * total), (float)High(histogram, _tail * total));
    }

    // The outer edge of the bin in which the tail is used up; zeros lie between the negative bins and the others.
    private static double Low(ActivationHistogram histogram, double tail)
    {
        long below = 0;
        for (var i = 0; i < -histogram.First; i++)
        {
            below += histogram.Counts[i];
            if (below > tail)
            {
                return histogram.Edge(i);
            }
        }

        return 0;
    }

    private static double High(ActivationHistogram histogram, double tail)
    {
        long above = 0;
        for (var i = histogram.Counts.Length - 1; i >= -histogram.First; i--)
        {
            above += histogram.Counts[i];
            if (above > tail)
            {
                return histogram.Edge(i + 1);
            }
        }

        return 0;
    }
}
