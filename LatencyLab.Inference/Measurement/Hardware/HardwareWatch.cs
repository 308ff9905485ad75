namespace LatencyLab.Inference.Measurement.Hardware;

/// <summary>One who watches a <see cref="HardwareFeed"/>. Dispose it to stop watching.</summary>
public sealed class HardwareWatch : IDisposable
{
    private readonly HardwareFeed _feed;
    private readonly double[] _latest;

    internal HardwareWatch(HardwareFeed feed, HardwareMonitor monitor, TimeSpan period)
    {
        (_feed, Metrics, Missing, Period) = (feed, monitor.Metrics, monitor.Missing, period);
        _latest = new double[monitor.Metrics.Count];
    }

    /// <summary>What is sampled, in the order of the values.</summary>
    public IReadOnlyList<HardwareMetric> Metrics { get; }

    /// <summary>What this machine does not tell, and why.</summary>
    public IReadOnlyList<MissingMetric> Missing { get; }

    /// <summary>The time between samples that was wished for.</summary>
    public TimeSpan Period { get; }

    /// <summary>The latest sample; null before the first. One caller at a time.</summary>
    public HardwareSample? Latest() => _feed.Ask(sampler => sampler.TryReadLatest(_latest)
        ? new HardwareSample { Values = Array.ConvertAll(_latest, value => double.IsNaN(value) ? (double?)null : value), Cost = sampler.Cost }
        : null);

    /// <summary>The samples that are kept, oldest first; null after the feed was closed.</summary>
    public HardwareSeries? Read() => _feed.Ask(sampler => sampler.Read());

    /// <inheritdoc/>
    public void Dispose() => _feed.Leave(this);
}

/// <summary>One sample.</summary>
public sealed record HardwareSample
{
    /// <summary>One value a metric, in the order of <see cref="HardwareWatch.Metrics"/>; null where there is none, as for rates in the first sample.</summary>
    public required IReadOnlyList<double?> Values { get; init; }

    /// <summary>What monitoring has cost so far.</summary>
    public required MonitorCost Cost { get; init; }
}
