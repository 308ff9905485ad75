using LatencyLab.Inference.Measurement.Load.Arrivals;

namespace LatencyLab.Inference.Measurement.Load;

/// <summary>
/// Load on one target, from the warm-up to the result. A latency counts from the moment when a request was meant to start, so that no
/// stall is hidden; the naive latency, from when a caller got round to sending it, is kept beside it.
/// </summary>
public sealed class LoadRun
{
    /// <summary>How long callers that were given up may take to notice.</summary>
    private const long GivingUpNs = 5_000_000_000;
    private const long PollNs = 2_000_000;

    private readonly ILoadTarget _target;
    private readonly LoadOptions _options;
    private readonly ILoadClock _clock;
    private readonly LoadSwitch _control;
    private readonly LoadRecorder _recorder = new();
    private readonly LoadProgress _progress;
    private readonly LoadMonitor _monitor;
    private readonly DateTimeOffset _createdAt;

    private LoadRun(
        ILoadTarget target, LoadOptions options, IProgress<LoadSnapshot>? progress, ILoadClock clock, LoadSwitch control, CancellationToken cancellationToken)
    {
        _target = target;
        _options = options with { Callers = options.Callers > 0 ? options.Callers : target.Parallelism };
        _clock = clock;
        _control = control;
        _progress = new LoadProgress(options);
        _monitor = new LoadMonitor(_recorder, _progress, clock, progress) { StopWhen = options.StopWhen, Stop = control.Stop };
        _createdAt = DateTimeOffset.UtcNow;
        Completion = RunAsync(cancellationToken);
    }

    /// <summary>
    /// The result. Throws <see cref="LoadTargetException"/> where the target does not answer at all, and
    /// <see cref="OperationCanceledException"/> after cancelling; a run that was stopped has a result.
    /// </summary>
    public Task<LoadResult> Completion { get; }

    /// <summary>Starts a run.</summary>
    /// <param name="target">What load is put on.</param>
    /// <param name="options">What load; an open loop where there is a <see cref="IArrivalSchedule"/>.</param>
    /// <param name="progress">Receives a snapshot every <see cref="LoadOptions.SnapshotInterval"/>, on a thread of the pool.</param>
    /// <param name="cancellationToken">Ends the run without a result.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static LoadRun Start(ILoadTarget target, LoadOptions options, IProgress<LoadSnapshot>? progress = null, CancellationToken cancellationToken = default) =>
        Start(target, options, progress, new MonotonicLoadClock(), cancellationToken);

    internal static LoadRun Start(
        ILoadTarget target, LoadOptions options, IProgress<LoadSnapshot>? progress, ILoadClock clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return new LoadRun(target, options, progress, clock, new LoadSwitch(cancellationToken), cancellationToken);
    }

    /// <summary>Sends nothing until <see cref="Resume"/>; the run's time stands still.</summary>
    public void Pause()
    {
        _control.Pause();
        _progress.Pause(_clock.NowNs);
    }

    /// <summary>Goes on after <see cref="Pause"/>.</summary>
    public void Resume() => _control.Resume();

    /// <summary>Ends the run early, with a result of what there is.</summary>
    public void Stop() => _control.Stop();

    private async Task<LoadResult> RunAsync(CancellationToken cancellationToken)
    {
        using var control = _control;
        await _target.CheckAsync(cancellationToken);
        var seconds = await Task.Factory.StartNew(
            () => Send(cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        cancellationToken.ThrowIfCancellationRequested();
        return LoadSummary.Of(_target.Facts, _options, _createdAt, seconds, _recorder, _monitor.Finish());
    }

    /// <summary>The run's own thread, from the first request to the last answer; returns the measured time in seconds.</summary>
    private double Send(CancellationToken cancellationToken)
    {
        using var givingUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var ticks = _clock.Every(_options.SnapshotInterval, _monitor.Tick);
        var sender = new LoadSender(_options, _recorder, _progress, _control, _clock);
        if (_options.Mode == LoadMode.OpenLoop)
        {
            var queue = new ArrivalQueue(_options.MaxWaiting, _options.Callers);
            _progress.CountWaiting = () => queue.Waiting;
            var callers = StartCallers(queue, givingUp.Token);
            var seconds = sender.OpenLoop(queue);
            queue.End();
            Finish(callers, () => _recorder.RecordFailure(LoadFailureKinds.Unanswered, queue.Abandon(_recorder.MeasuredFromNs)), givingUp);
            return seconds;
        }
        var loop = new ClosedLoop(_control, _clock);
        var clients = StartCallers(loop, givingUp.Token);
        var measured = sender.ClosedLoop();
        loop.End();
        Finish(clients, () => { }, givingUp);
        return measured;
    }

    private Task StartCallers(ICallSource source, CancellationToken cancellationToken) => Task.WhenAll(
        [.. Enumerable.Range(0, _options.Callers).Select(_ => new LoadCaller(source, _target, _recorder, _clock).RunAsync(cancellationToken))]);

    /// <summary>Waits for the last answers, and gives up those that do not come.</summary>
    private void Finish(Task callers, Action abandon, CancellationTokenSource givingUp)
    {
        Poll(callers, _clock.NowNs + (_options.Patience.Ticks * TimeSpan.NanosecondsPerTick), givingUp.Token);
        if (!callers.IsCompleted)
        {
            abandon();
            givingUp.Cancel();
            Poll(callers, _clock.NowNs + GivingUpNs, CancellationToken.None);
        }
        if (callers.Exception is { } error)
        {
            throw error;
        }
    }

    private void Poll(Task callers, long untilNs, CancellationToken cancellationToken)
    {
        while (!callers.IsCompleted && _clock.NowNs < untilNs && !cancellationToken.IsCancellationRequested)
        {
            _clock.WaitUntil(_clock.NowNs + PollNs, cancellationToken);
        }
    }
}
