using LatencyLab.Inference.Live;
using LatencyLab.Web.Comparisons;
using LatencyLab.Web.Live;

namespace LatencyLab.Tests.Components;

/// <summary>A live session without any load, which remembers what the page asked.</summary>
internal sealed class FakeLiveSession : ILiveSession
{
    public event Action? Changed;

    public List<string> Asked { get; } = [];

    public LiveSettings? Started { get; private set; }

    public LiveStatus Status { get; private set; } = new() { State = LiveState.Idle, RatePerSecond = 40, WindowSeconds = 60, Watchers = 0 };

    public LiveFeed Feed { get; } = new();

    public StoredImage? Shown => null;

    public LiveRecording? Recording => null;

    public void Become(Func<LiveStatus, LiveStatus> change)
    {
        Status = change(Status);
        Changed?.Invoke();
    }

    public void BecomeRunning() => Become(status => status with
    {
        State = LiveState.Running,
        StartedAt = DateTimeOffset.UnixEpoch,
        ModelId = "cifar10-residual",
        ModelTitle = "CIFAR-10 residual network",
        Variants = [new("control", "Control"), new("int8", "INT8")],
    });

    public Task StartAsync(LiveSettings settings, CancellationToken cancellationToken)
    {
        Started = settings;
        BecomeRunning();
        return Task.CompletedTask;
    }

    public void Pause()
    {
        Asked.Add("pause");
        Become(status => status with { State = LiveState.Paused });
    }

    public void Resume()
    {
        Asked.Add("resume");
        Become(status => status with { State = LiveState.Running });
    }

    public Task StopAsync()
    {
        Asked.Add("stop");
        Become(status => status with { State = LiveState.Stopped });
        return Task.CompletedTask;
    }

    public void SetRate(double ratePerSecond) => Become(status => status with { RatePerSecond = ratePerSecond });

    public bool ShowPicture(StoredImage picture)
    {
        Asked.Add($"show {picture.Facts.Name}");
        Become(status => status with { Shown = picture.Facts });
        return Status.IsActive();
    }

    public bool ShowPicture(string imageId)
    {
        Asked.Add($"show {imageId}");
        return true;
    }

    public void ShowChosenPictures() => Asked.Add("show chosen");

    public bool StartRecording()
    {
        Become(status => status with { Recording = new LiveRecordingState(true, 0, LiveRecording.MaxFrames) });
        return true;
    }

    public void StopRecording() => Become(status => status with { Recording = new LiveRecordingState(false, 7, LiveRecording.MaxFrames) });
}
