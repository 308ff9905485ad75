namespace LatencyLab.Inference.Measurement.Load;

/// <summary>A closed loop: a caller's next request starts with the answer to the one before.</summary>
internal sealed class ClosedLoop(LoadSwitch control, ILoadClock clock) : ICallSource
{
    private volatile bool _ended;

    /// <summary>No caller sends another request.</summary>
    public void End() => _ended = true;

    public ValueTask<long> NextAsync(LoadCaller caller) => control.IsPaused ? ResumedAsync() : new(Now());

    private long Now() => _ended ? ICallSource.Ended : clock.NowNs;

    private async ValueTask<long> ResumedAsync()
    {
        await control.WhileRunning();
        return Now();
    }
}
