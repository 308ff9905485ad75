namespace LatencyLab.Inference.Measurement.Load;

/// <summary>Tells callers what to send next.</summary>
internal interface ICallSource
{
    /// <summary>In place of a time: there is nothing more to send.</summary>
    const long Ended = -1;

    /// <summary>When the caller's next request was meant to start, in the run's nanoseconds, or <see cref="Ended"/>; waits for one.</summary>
    ValueTask<long> NextAsync(LoadCaller caller);
}
