namespace LatencyLab.Inference.Measurement.Load;

/// <summary>Where a run is in its own time, which stands still while the run is paused. Written by the sender, read by the monitor.</summary>
internal sealed class LoadProgress(LoadOptions options)
{
    private const double NsPerSecond = 1e9;

    private readonly Lock _lock = new();
    private long _measuredFromNs;
    private long? _pausedAtNs;
    private LoadPhase _phase = LoadPhase.Warmup;

    /// <summary>Tells how many arrivals wait for a caller.</summary>
    public Func<int> CountWaiting { private get; set; } = static () => 0;

    public int Waiting => CountWaiting();

    public LoadPhase Phase
    {
        get
        {
            lock (_lock)
            {
                return _pausedAtNs is null ? _phase : LoadPhase.Paused;
            }
        }
    }

    /// <summary>The run has entered a phase.</summary>
    /// <param name="phase">The phase.</param>
    /// <param name="measuredFromNs">When the measurement began or, in the warm-up, is to begin.</param>
    public void Enter(LoadPhase phase, long measuredFromNs)
    {
        lock (_lock)
        {
            (_phase, _measuredFromNs) = (phase, measuredFromNs);
        }
    }

    public void Pause(long nowNs)
    {
        lock (_lock)
        {
            _pausedAtNs ??= nowNs;
        }
    }

    /// <summary>Ends a pause, and says how long it was.</summary>
    public long Resume(long nowNs)
    {
        lock (_lock)
        {
            var pausedNs = nowNs - (_pausedAtNs ?? nowNs);
            _measuredFromNs += pausedNs;
            _pausedAtNs = null;
            return pausedNs;
        }
    }

    /// <summary>Seconds of the run's time since the measurement began; negative in the warm-up.</summary>
    public double SecondsFromStart(long nowNs)
    {
        lock (_lock)
        {
            return ((_pausedAtNs ?? nowNs) - _measuredFromNs) / NsPerSecond;
        }
    }

    /// <summary>Share of warm-up and measurement that is over, 0 to 1.</summary>
    public double Share(double secondsFromStart) =>
        Math.Clamp((options.Warmup.TotalSeconds + secondsFromStart) / (options.Warmup + options.Duration).TotalSeconds, 0, 1);
}
