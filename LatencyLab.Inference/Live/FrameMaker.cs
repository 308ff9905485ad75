namespace LatencyLab.Inference.Live;

/// <summary>Makes the frames of a run, one at a time, while it is not paused.</summary>
internal sealed class FrameMaker(
    IReadOnlyList<TurnTaker> takers, TurnDriver driver, RunTime time, IMachineLoad machine, IProgress<LiveFrame> frames)
{
    private readonly Lock _lock = new();
    private int _number;

    /// <summary>Hands a frame on; a tick that meets another still at work does nothing.</summary>
    public void Tick()
    {
        if (time.IsPaused || !_lock.TryEnter())
        {
            return;
        }
        try
        {
            frames.Report(Make());
        }
        finally
        {
            _lock.Exit();
        }
    }

    /// <summary>The last frame: what the run ended with.</summary>
    public void Last()
    {
        lock (_lock)
        {
            frames.Report(Make());
        }
    }

    private LiveFrame Make()
    {
        var (cpu, memory) = machine.Read();
        return new LiveFrame
        {
            Number = ++_number,
            Seconds = time.NowNs / 1e9,
            TargetRps = driver.RatePerSecond,
            Turn = driver.Turn,
            CpuPercent = cpu,
            MemoryBytes = memory,
            Variants = [.. takers.Select(taker => taker.Read())],
        };
    }
}
