using LatencyLab.Inference.Measurement.Load;

namespace LatencyLab.Inference.Live;

/// <summary>A live run's own time, which stands still while the run is paused; from any thread.</summary>
internal sealed class RunTime(ILoadClock clock)
{
    private readonly Lock _lock = new();
    private long _originNs = clock.NowNs;
    private long? _pausedAtNs;

    public bool IsPaused
    {
        get
        {
            lock (_lock)
            {
                return _pausedAtNs is not null;
            }
        }
    }

    /// <summary>Nanoseconds since the run began, pauses not counted.</summary>
    public long NowNs
    {
        get
        {
            lock (_lock)
            {
                return (_pausedAtNs ?? clock.NowNs) - _originNs;
            }
        }
    }

    public void Pause()
    {
        lock (_lock)
        {
            _pausedAtNs ??= clock.NowNs;
        }
    }

    public void Resume()
    {
        lock (_lock)
        {
            _originNs += clock.NowNs - (_pausedAtNs ?? clock.NowNs);
            _pausedAtNs = null;
        }
    }
}
