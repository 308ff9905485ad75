namespace LatencyLab.Inference.Measurement.Hardware;

/// <summary>
/// One monitor for all who watch: it samples as fast as the fastest of them wishes, into memory of fixed size, and not at all while
/// nobody does.
/// </summary>
public sealed class HardwareFeed : IDisposable
{
    /// <summary>Samples that are kept.</summary>
    public const int Capacity = 300;

    private readonly Lock _lock = new();
    private readonly Func<HardwareMonitor> _create;
    private readonly List<HardwareWatch> _watches = [];
    private HardwareMonitor? _monitor;
    private HardwareSampler? _sampler;

    /// <summary>A feed that nobody watches yet.</summary>
    public HardwareFeed()
        : this(HardwareMonitor.Create)
    {
    }

    internal HardwareFeed(Func<HardwareMonitor> create) => _create = create;

    /// <summary>Whether anybody watches, so that it samples.</summary>
    public bool IsSampling
    {
        get
        {
            lock (_lock)
            {
                return _sampler is not null;
            }
        }
    }

    /// <summary>Begins to watch; dispose the result to stop.</summary>
    /// <param name="period">Time between samples, at least <see cref="HardwareSampler.ShortestPeriod"/>; others may wish for a shorter one.</param>
    public HardwareWatch Watch(TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, HardwareSampler.ShortestPeriod);
        lock (_lock)
        {
            _monitor ??= _create();
            var watch = new HardwareWatch(this, _monitor, period);
            _watches.Add(watch);
            Adjust();
            return watch;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _watches.Clear();
            Adjust();
        }
    }

    internal void Leave(HardwareWatch watch)
    {
        lock (_lock)
        {
            if (_watches.Remove(watch))
            {
                Adjust();
            }
        }
    }

    /// <summary>Asks the sampler something; null where it has been stopped.</summary>
    internal T? Ask<T>(Func<HardwareSampler, T?> question)
        where T : class
    {
        lock (_lock)
        {
            return _sampler is null ? null : question(_sampler);
        }
    }

    private void Adjust()
    {
        TimeSpan? period = _watches.Count > 0 ? _watches.Min(watch => watch.Period) : null;
        if (_sampler?.Period == period)
        {
            return;
        }
        _sampler?.Dispose();
        _sampler = null;
        if (period is { } shortest)
        {
            _sampler = new HardwareSampler(_monitor!, shortest, Capacity);
            return;
        }
        // Whoever watches next begins anew: rates over the time in between would tell nothing.
        _monitor?.Dispose();
        _monitor = null;
    }
}
