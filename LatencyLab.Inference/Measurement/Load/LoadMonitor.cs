using LatencyLab.Inference.Measurement.Histograms;

namespace LatencyLab.Inference.Measurement.Load;

/// <summary>Watches a run: reports snapshots, and writes the timeline second by second.</summary>
internal sealed class LoadMonitor(LoadRecorder recorder, LoadProgress where, ILoadClock clock, IProgress<LoadSnapshot>? progress)
{
    private const double NsPerSecond = 1e9;

    private readonly Lock _lock = new();
    private readonly SlidingWindow _latency = new();
    private readonly SlidingWindow _naive = new();
    private readonly List<TimelinePoint> _timeline = [];
    private double _lastTick;

    /// <summary>Whether all latencies so far, and the number of requests without an answer, are enough to know.</summary>
    public Func<LatencyHistogram, long, bool>? StopWhen { private get; init; }

    /// <summary>Ends the run early.</summary>
    public required Action Stop { private get; init; }

    /// <summary>Takes what came since the last tick, and reports; a tick that meets another still at work does nothing.</summary>
    public void Tick()
    {
        if (!_lock.TryEnter())
        {
            return;
        }
        try
        {
            if (Advance() is { } snapshot)
            {
                progress?.Report(snapshot);
            }
        }
        finally
        {
            _lock.Exit();
        }
    }

    /// <summary>The last tick, and the seconds of the run, the last cut short where it ended.</summary>
    public IReadOnlyList<TimelinePoint> Finish()
    {
        lock (_lock)
        {
            Advance();
            if (_latency.Current.Count > 0)
            {
                AddPoint(where.SecondsFromStart(clock.NowNs));
            }
            return _timeline;
        }
    }

    private LoadSnapshot? Advance()
    {
        var seconds = where.SecondsFromStart(clock.NowNs);
        var interval = recorder.Latency.NextInterval();
        var naive = recorder.Naive.NextInterval();
        _latency.Add(interval);
        _naive.Add(naive);
        var elapsed = Math.Max(1 / NsPerSecond, seconds - Math.Max(0, _lastTick));
        _lastTick = seconds;
        var failed = recorder.Failures.Values.Sum();
        if (StopWhen?.Invoke(recorder.Latency.Seen, failed + recorder.Unsent) == true)
        {
            Stop();
        }
        var snapshot = progress is null ? null : new LoadSnapshot
        {
            Phase = where.Phase,
            SecondsFromStart = seconds,
            Progress = where.Share(seconds),
            AchievedRps = interval.Count / elapsed,
            Interval = LoadFigures.Of(interval),
            NaiveInterval = LoadFigures.Of(naive),
            Window = LoadFigures.Of(_latency.Sum),
            NaiveWindow = LoadFigures.Of(_naive.Sum),
            Total = LoadFigures.Of(recorder.Latency.Seen),
            Stages = LoadStage.Of(recorder),
            Unsent = recorder.Unsent,
            Failed = failed,
            Waiting = where.Waiting,
        };
        for (var second = _timeline.Count + 1; second <= seconds; second++)
        {
            AddPoint(second);
        }
        return snapshot;
    }

    private void AddPoint(double seconds)
    {
        var figures = LoadFigures.Of(_latency.Current);
        _timeline.Add(new TimelinePoint
        {
            SecondsFromStart = seconds,
            Completed = figures.Completed,
            P50Ms = figures.P50Ms,
            P95Ms = figures.P95Ms,
            P99Ms = figures.P99Ms,
            MaxMs = _latency.Current.MaxMs,
        });
        _latency.NextSecond();
        _naive.NextSecond();
    }
}
