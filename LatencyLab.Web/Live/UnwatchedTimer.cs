namespace LatencyLab.Web.Live;

/// <summary>Says when a run has gone unwatched for too long.</summary>
internal sealed class UnwatchedTimer : IDisposable
{
    private readonly Lock _lock = new();
    private readonly LiveFeed _feed;
    private readonly TimeSpan _patience;
    private readonly ITimer _timer;
    private bool _runs;

    public UnwatchedTimer(LiveFeed feed, TimeProvider time, TimeSpan patience, Action expired)
    {
        (_feed, _patience) = (feed, patience);
        _timer = time.CreateTimer(_ => expired(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        feed.WatchersChanged += Look;
    }

    /// <summary>A run has begun.</summary>
    public void Begin() => Set(runs: true);

    /// <summary>The run is over.</summary>
    public void End() => Set(runs: false);

    public void Dispose()
    {
        _feed.WatchersChanged -= Look;
        _timer.Dispose();
    }

    private void Set(bool runs)
    {
        lock (_lock)
        {
            _runs = runs;
        }
        Look();
    }

    private void Look()
    {
        lock (_lock)
        {
            _timer.Change(_runs && _feed.Watchers == 0 ? _patience : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
