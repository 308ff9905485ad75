namespace LatencyLab.Inference.Measurement.Histograms;

/// <summary>
/// A histogram into which any thread records without a lock while one reader takes out, again and again, what came since it last
/// looked. Every duration is in exactly one interval.
/// </summary>
public sealed class IntervalRecorder
{
    private readonly LatencyHistogram _live = new();
    private readonly LatencyHistogram _seen = new();
    private readonly LatencyHistogram _interval = new();

    /// <summary>Everything up to the last interval that was taken; the reader's.</summary>
    public LatencyHistogram Seen => _seen;

    /// <summary>Counts a duration; from any thread.</summary>
    /// <param name="ns">In nanoseconds.</param>
    public void RecordNs(long ns) => _live.RecordNs(ns);

    /// <summary>What came since the last call. The same histogram every time: it is valid until the next call. One reader at a time.</summary>
    public LatencyHistogram NextInterval()
    {
        _interval.TakeSince(_live, _seen);
        return _interval;
    }

    /// <summary>A copy of everything so far; from any thread.</summary>
    public LatencyHistogram Snapshot() => _live.Snapshot();
}
