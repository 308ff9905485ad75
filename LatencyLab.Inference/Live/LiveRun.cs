using LatencyLab.Inference.Measurement.Load;

namespace LatencyLab.Inference.Live;

/// <summary>
/// Several variants under open-loop load for an audience. They take turns of a second in random order, each alone on the machine while
/// it has its turn; a latency counts from the moment when a request was meant to start. Runs in fixed memory, however long.
/// </summary>
public sealed class LiveRun
{
    private readonly LiveRunOptions _options;
    private readonly ILoadClock _clock;
    private readonly RunTime _time;
    private readonly IReadOnlyList<TurnTaker> _takers;
    private readonly TurnDriver _driver;
    private readonly LoadSwitch _control;
    private readonly FrameMaker _frames;

    private LiveRun(
        IReadOnlyList<LiveVariant> variants, LiveRunOptions options, IProgress<LiveFrame> frames, ILoadClock clock, IMachineLoad machine,
        LoadSwitch control)
    {
        _options = options;
        _clock = clock;
        _time = new RunTime(clock);
        _takers = [.. variants.Select(variant => new TurnTaker(variant, options, clock, _time))];
        _driver = new TurnDriver(_takers, options, clock, _time);
        _control = control;
        _frames = new FrameMaker(_takers, _driver, _time, machine, frames);
        Completion = RunAsync(machine);
    }

    /// <summary>
    /// Ends when the run is stopped or cancelled, its time is over, or no variant is left. Throws <see cref="LoadTargetException"/> where
    /// no variant answers at all; the message says why.
    /// </summary>
    public Task Completion { get; }

    /// <summary>Mean rate in arrivals a second; a new one, set from any thread, takes effect with the next arrival.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is out of its range.</exception>
    public double RatePerSecond
    {
        get => _driver.RatePerSecond;
        set => _driver.RatePerSecond = value;
    }

    /// <summary>Starts a run.</summary>
    /// <param name="variants">Who takes part; one that fails leaves the others standing.</param>
    /// <param name="options">What load.</param>
    /// <param name="frames">Receives the frames, on a thread of the pool; must come back at once.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static LiveRun Start(
        IReadOnlyList<LiveVariant> variants, LiveRunOptions options, IProgress<LiveFrame> frames, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return Start(variants, options, frames, new MonotonicLoadClock(), new MachineLoad(), cancellationToken);
    }

    internal static LiveRun Start(
        IReadOnlyList<LiveVariant> variants, LiveRunOptions options, IProgress<LiveFrame> frames, ILoadClock clock, IMachineLoad machine,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(variants);
        ArgumentNullException.ThrowIfNull(frames);
        options.Validate();
        return new LiveRun(variants, options, frames, clock, machine, new LoadSwitch(cancellationToken));
    }

    /// <summary>Nothing arrives until <see cref="Resume"/>; the run's time stands still.</summary>
    public void Pause() => _time.Pause();

    /// <summary>Goes on after <see cref="Pause"/>.</summary>
    public void Resume() => _time.Resume();

    /// <summary>Ends the run; the last answers are still awaited.</summary>
    public void Stop() => _control.Stop();

    private async Task RunAsync(IMachineLoad machine)
    {
        using var control = _control;
        using var watched = machine;
        foreach (var taker in _takers)
        {
            await taker.CheckAsync(control.Stopping);
        }
        if (_takers.All(taker => !taker.Stands))
        {
            throw new LoadTargetException(string.Join(' ', _takers.Select(taker => taker.Read().Failure).Distinct()));
        }
        // A thread of its own: it keeps the schedule.
        await Task.Factory.StartNew(Drive, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private void Drive()
    {
        using var givingUp = new CancellationTokenSource();
        using var ticks = _clock.Every(_options.FrameInterval, _frames.Tick);
        foreach (var taker in _takers)
        {
            taker.StartCallers(givingUp.Token);
        }
        _driver.Run(_control.Stopping);
        foreach (var taker in _takers)
        {
            taker.EndCallers();
        }
        givingUp.Cancel();
        _frames.Last();
    }
}
