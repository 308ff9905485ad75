using LatencyLab.Inference.Measurement.Histograms;
using LatencyLab.Inference.Measurement.Load.Arrivals;

namespace LatencyLab.Inference.Measurement.Load;

/// <summary>How load is generated.</summary>
public sealed record LoadOptions
{
    /// <summary>Most callers that a run may have.</summary>
    public const int MaxCallers = 4096;

    /// <summary>The arrivals of an open loop; null for a closed loop.</summary>
    public IArrivalSchedule? Schedule { get; init; }

    /// <summary>
    /// Requests that are with the target at the same time, 1 to <see cref="MaxCallers"/>; 0 takes what the target works on at once. In a
    /// closed loop these are the clients. In an open loop, what arrives while all of them wait for an answer waits for one of them.
    /// </summary>
    public int Callers { get; init; }

    /// <summary>How long it is measured, above 0.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the same load runs before, unmeasured, 0 or more. What is under way then goes on: nothing is drained.</summary>
    public TimeSpan Warmup { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Arrivals that may wait for a caller; what arrives beyond them is counted as unsent.</summary>
    /// <value>1 to 1,000,000. The default value is 10,000.</value>
    public int MaxWaiting { get; init; } = 10_000;

    /// <summary>An arrival that the sender itself is later with is counted as unsent: sent in a bunch, it would be another load.</summary>
    /// <value>The default value is 100 ms.</value>
    public TimeSpan SendTolerance { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long to wait at the end for answers that are still due; after that they are failures of the kind <c>unanswered</c>.</summary>
    /// <value>The default value is 30 s.</value>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a snapshot is reported.</summary>
    /// <value>The default value is 200 ms.</value>
    public TimeSpan SnapshotInterval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Ends the run early, given all latencies so far and the number of requests without an answer; looked at with every snapshot.</summary>
    internal Func<LatencyHistogram, long, bool>? StopWhen { get; init; }

    internal LoadMode Mode => Schedule is null ? LoadMode.ClosedLoop : LoadMode.OpenLoop;

    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Duration, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(Warmup, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegative(Callers);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Callers, MaxCallers);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxWaiting);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxWaiting, 1_000_000);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(SendTolerance, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(Patience, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(SnapshotInterval, TimeSpan.Zero);
    }
}
