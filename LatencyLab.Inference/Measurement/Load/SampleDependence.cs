namespace LatencyLab.Inference.Measurement.Load;

/// <summary>
/// How much less a run's latencies tell than as many independent ones would: requests that wait behind each other are alike. Estimated as
/// the design effect of cluster sampling (L. Kish, <em>Survey Sampling</em>, 1965) with stretches of the run as clusters.
/// </summary>
public static class SampleDependence
{
    /// <summary>Fewest stretches, so seconds, from which it is estimated.</summary>
    public const int MinStretches = 10;

    /// <summary>Half the width of a normal 95 % interval, in standard deviations.</summary>
    private const double HalfWidth = 1.96;

    /// <summary>
    /// Variance of the medians of the run's stretches over the variance that independent latencies would give them, 1 at least; null for a
    /// run of less than <see cref="MinStretches"/> seconds with answers.
    /// </summary>
    public static double? DesignEffect(LoadResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        TimelinePoint[] seconds = [.. result.Timeline.Where(point => point.P50Ms is not null && point.Completed > 0)];
        if (seconds.Length < MinStretches || result.P50Ci95Ms is not [var low, var high])
        {
            return null;
        }
        var oneSample = Math.Pow((high - low) / (2 * HalfWidth), 2) * result.Samples;
        // What lasts longer than a second shows only in longer stretches: the length that shows the most counts.
        return Enumerable.Range(1, seconds.Length / MinStretches).Max(length => Effect([.. seconds.Chunk(length).Where(stretch => stretch.Length == length)], oneSample));
    }

    /// <summary>
    /// Order-statistic 95 % interval of a percentile, as wide as that of so many independent latencies as the run's are worth: lower and
    /// upper end in milliseconds. Null where they are too few for the percentile, or the run is too short to tell.
    /// </summary>
    /// <param name="result">The run.</param>
    /// <param name="p">The percentile, 0.5 to below 1.</param>
    public static double[]? IntervalMs(LoadResult result, double p)
    {
        if (DesignEffect(result) is not { } effect)
        {
            return null;
        }
        var worth = (long)(result.Samples / effect);
        if (worth < Percentile.MinimumSamples(p))
        {
            return null;
        }
        var (low, high) = Percentile.IntervalRanks(worth, p);
        var latencies = result.Histograms.Latency;
        return [latencies.PercentileMs(low / (worth - 1.0))!.Value, latencies.PercentileMs(high / (worth - 1.0))!.Value];
    }

    private static double Effect(TimelinePoint[][] stretches, double oneSample)
    {
        double[] medians = [.. stretches.Select(stretch => stretch.Average(second => second.P50Ms!.Value))];
        var mean = medians.Average();
        var observed = medians.Sum(median => (median - mean) * (median - mean)) / (medians.Length - 1);
        var expected = stretches.Average(stretch => oneSample / stretch.Sum(second => second.Completed));
        return expected > 0 ? Math.Max(1, observed / expected) : observed > 0 ? double.PositiveInfinity : 1;
    }
}
