using LatencyLab.Inference.Live;
using LatencyLab.Inference.Measurement.Load;
using LatencyLab.Inference.Runtime;
using LatencyLab.Web.Comparisons;
using LatencyLab.Web.Loads;
using Microsoft.Extensions.Options;

namespace LatencyLab.Web.Live;

/// <summary>The one live run of this application: begins it, hands its frames on, and ends it when nobody watches any more.</summary>
internal sealed class LiveSession : ILiveSession, IAsyncDisposable
{
    private readonly LiveStarter _starter;
    private readonly LoadSource _source;
    private readonly LiveOptions _options;
    private readonly ILogger<LiveSession> _log;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _changing = new(1);
    private readonly LiveTape _tape = new();
    private readonly UnwatchedTimer _unwatched;
    private LiveStatus _status;
    private ActiveLiveRun? _run;
    private StoredImage? _shown;

    public LiveSession(LiveStarter starter, LoadSource source, IOptions<LiveOptions> options, TimeProvider time, ILogger<LiveSession> log)
    {
        (_starter, _source, _options, _time, _log) = (starter, source, options.Value, time, log);
        _status = new LiveStatus
        {
            State = LiveState.Idle, RatePerSecond = _options.RatePerSecond, WindowSeconds = _options.WindowSeconds, Watchers = 0,
        };
        _unwatched = new UnwatchedTimer(Feed, time, TimeSpan.FromMinutes(_options.UnwatchedMinutes), () =>
            End($"Nobody watched for {_options.UnwatchedMinutes} minutes, so it was stopped."));
    }

    public event Action? Changed;

    public LiveFeed Feed { get; } = new();

    public LiveStatus Status
    {
        get
        {
            lock (_lock)
            {
                return _status with { Watchers = Feed.Watchers, Shown = _shown?.Facts, Recording = _tape.State };
            }
        }
    }

    public StoredImage? Shown
    {
        get
        {
            lock (_lock)
            {
                return _shown;
            }
        }
    }

    public LiveRecording? Recording => _tape.Recording;

    public async Task StartAsync(LiveSettings settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        // Before the run under way is touched: what cannot start ends nothing.
        var plan = _starter.Plan(settings);
        var rate = LiveRunOptions.CheckedRate(settings.RatePerSecond ?? Status.RatePerSecond);
        await _changing.WaitAsync(cancellationToken);
        try
        {
            await StopAsync();
            var run = new ActiveLiveRun(plan, _source.Take("A live run"));
            Feed.Clear();
            Change(() =>
            {
                _tape.Clear();
                (_run, _shown) = (run, null);
                _status = _status with
                {
                    State = LiveState.Starting,
                    Message = "Loading the variants.",
                    StartedAt = _time.GetUtcNow(),
                    ModelId = plan.Entries[0].Model.Id,
                    ModelTitle = plan.Entries[0].Model.Title,
                    RatePerSecond = rate,
                    Variants = [.. plan.Entries.Select(entry => new LiveParticipant(entry.Options.Id, entry.Options.Title))],
                    ImageIds = plan.ImageIds,
                };
            });
            _ = RunAsync(run);
        }
        finally
        {
            _changing.Release();
        }
    }

    public void Pause() => Move(LiveState.Running, LiveState.Paused, live => live.Pause());

    public void Resume() => Move(LiveState.Paused, LiveState.Running, live => live.Resume());

    public Task StopAsync() => End(reason: null);

    public void SetRate(double ratePerSecond)
    {
        LiveRunOptions.CheckedRate(ratePerSecond);
        Change(() =>
        {
            _status = _status with { RatePerSecond = ratePerSecond };
            if (_run?.Live is { } live)
            {
                live.RatePerSecond = ratePerSecond;
            }
        });
    }

    public bool ShowPicture(StoredImage picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return Show(picture);
    }

    public bool ShowPicture(string imageId) => Show(_starter.Picture(imageId));

    public void ShowChosenPictures() => Show(null);

    public bool StartRecording()
    {
        var started = false;
        Change(() =>
        {
            if (_run is not null && _status.State is LiveState.Running or LiveState.Paused)
            {
                _tape.Begin(Header());
                started = true;
            }
        });
        return started;
    }

    public void StopRecording() => Change(_tape.End);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _unwatched.Dispose();
        _changing.Dispose();
    }

    private async Task RunAsync(ActiveLiveRun run)
    {
        var (state, message) = (LiveState.Stopped, (string?)null);
        try
        {
            var variants = await _starter.MakeReadyAsync(run.Plan, run.Stopping);
            var live = LiveRun.Start(variants, OptionsOfRun(), new FrameSink(this), run.Stopping);
            Change(() =>
            {
                run.Live = live;
                live.RatePerSecond = _status.RatePerSecond;
                _status = _status with { State = LiveState.Running, Message = null };
            });
            _unwatched.Begin();
            await live.Completion;
            (state, message) = EndOf(run);
        }
        catch (OperationCanceledException)
        {
            message = run.EndReason;
        }
        catch (LoadTargetException error)
        {
            (state, message) = (LiveState.Failed, error.Message);
        }
        catch (Exception error)
        {
            _log.LogError(error, "The live run failed");
            (state, message) = (LiveState.Failed, "It failed for a reason that was logged.");
        }
        _unwatched.End();
        Change(() =>
        {
            _tape.End();
            (_run, _shown) = (null, null);
            _status = _status with { State = state, Message = message };
        });
        run.Dispose();
    }

    private (LiveState State, string? Message) EndOf(ActiveLiveRun run)
    {
        if (Feed.Latest is { } last && last.Variants.All(variant => variant.Failure is not null))
        {
            return (LiveState.Failed, "No variant answers any more.");
        }
        return (LiveState.Stopped, run.Stopping.IsCancellationRequested ? run.EndReason : $"It ran for {_options.MaxMinutes} minutes, the longest that is allowed.");
    }

    private Task End(string? reason)
    {
        ActiveLiveRun? run;
        lock (_lock)
        {
            run = _run;
        }
        run?.Stop(reason);
        return run?.Ended ?? Task.CompletedTask;
    }

    private bool Show(StoredImage? picture)
    {
        var runs = false;
        Change(() =>
        {
            if (_run is { } run)
            {
                runs = true;
                _shown = picture;
                run.Plan.Pictures.Shown = picture?.Encoded;
            }
        });
        return runs;
    }

    private void Move(LiveState from, LiveState to, Action<LiveRun> act) => Change(() =>
    {
        if (_status.State == from && _run?.Live is { } live)
        {
            act(live);
            _status = _status with { State = to };
        }
    });

    /// <summary>Changes the state and tells all; listeners are called outside the lock.</summary>
    private void Change(Action change)
    {
        lock (_lock)
        {
            change();
        }
        Changed?.Invoke();
    }

    private LiveRunOptions OptionsOfRun() => new()
    {
        RatePerSecond = Status.RatePerSecond,
        Window = TimeSpan.FromSeconds(_options.WindowSeconds),
        Limit = TimeSpan.FromMinutes(_options.MaxMinutes),
    };

    private LiveRecording Header() => new()
    {
        CreatedAt = _time.GetUtcNow(),
        ModelId = _status.ModelId!,
        ModelTitle = _status.ModelTitle!,
        WindowSeconds = _options.WindowSeconds,
        Variants = [.. _status.Variants.Select(variant => new RecordedVariant(variant.Id, variant.Title))],
        Environment = EnvironmentProbe.Read(),
        Frames = [],
    };

    private void Take(LiveFrame frame)
    {
        Feed.Publish(frame);
        if (_tape.Take(frame))
        {
            // It is full: the page is to say so.
            Changed?.Invoke();
        }
    }

    private sealed class FrameSink(LiveSession session) : IProgress<LiveFrame>
    {
        public void Report(LiveFrame value) => session.Take(value);
    }
}
