namespace LatencyLab.Inference.Measurement.Load;

/// <summary>The time of a load run; tests bring one that they move themselves.</summary>
internal interface ILoadClock
{
    /// <summary>Monotonic time in nanoseconds since any origin.</summary>
    long NowNs { get; }

    /// <summary>Holds the calling thread until a time has come, or the token is cancelled.</summary>
    void WaitUntil(long ns, CancellationToken cancellationToken);

    /// <summary>Calls back again and again until disposed.</summary>
    IDisposable Every(TimeSpan period, Action tick);
}
