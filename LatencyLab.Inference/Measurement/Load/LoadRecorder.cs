using System.Collections.Concurrent;
using LatencyLab.Inference.Measurement.Histograms;

namespace LatencyLab.Inference.Measurement.Load;

/// <summary>What became of the requests of a run. All of it can be called from any thread, and none of it allocates for an answer.</summary>
internal sealed class LoadRecorder : ICallRecorder
{
    private readonly ConcurrentDictionary<string, long> _failures = new();
    private readonly LatencyHistogram[] _stages = [.. Enumerable.Range(0, (int)Stage.Other + 1).Select(_ => new LatencyHistogram())];
    private readonly LatencyHistogram _sendError = new();
    private long _measuredFromNs = long.MaxValue;
    private long _measuredToNs = long.MaxValue;
    private long _answeredInTime;
    private long _scheduled;
    private long _unsent;

    /// <summary>From the intended start to the answer.</summary>
    public IntervalRecorder Latency { get; } = new();

    /// <summary>From the actual start: what is seen by callers that know of no schedule.</summary>
    public IntervalRecorder Naive { get; } = new();

    /// <summary>How late the sender itself was.</summary>
    public LatencyHistogram SendError => _sendError;

    public IReadOnlyDictionary<string, long> Failures => _failures;

    /// <summary>Answers that came while it was measured, whenever their requests began.</summary>
    public long AnsweredInTime => Interlocked.Read(ref _answeredInTime);

    /// <summary>Arrivals that the schedule had while it was measured.</summary>
    public long Scheduled => Interlocked.Read(ref _scheduled);

    public long Unsent => Interlocked.Read(ref _unsent);

    public LatencyHistogram Of(Stage stage) => _stages[(int)stage];

    /// <summary>What is meant to start from here on is measured.</summary>
    public void MeasureFrom(long ns) => Volatile.Write(ref _measuredFromNs, ns);

    /// <summary>Answers from here on no longer count for the throughput.</summary>
    public void MeasureTo(long ns) => Volatile.Write(ref _measuredToNs, ns);

    public long MeasuredFromNs => Volatile.Read(ref _measuredFromNs);

    public bool IsMeasured(long intended) => intended >= MeasuredFromNs;

    /// <summary>An arrival that was passed on in time.</summary>
    public void RecordSent(long intended, long releasedNs)
    {
        if (IsMeasured(intended))
        {
            Interlocked.Increment(ref _scheduled);
            _sendError.RecordNs(releasedNs - intended);
        }
    }

    /// <summary>An arrival that could not be passed on.</summary>
    public void RecordUnsent(long intended)
    {
        if (IsMeasured(intended))
        {
            Interlocked.Increment(ref _scheduled);
            Interlocked.Increment(ref _unsent);
        }
    }

    /// <summary>A request that ended.</summary>
    public void Record(long intended, long sent, long ended, LoadRequest request, string? failure)
    {
        if (failure is null && IsMeasured(ended) && ended <= Volatile.Read(ref _measuredToNs))
        {
            Interlocked.Increment(ref _answeredInTime);
        }
        if (!IsMeasured(intended))
        {
            return;
        }
        if (failure is not null)
        {
            RecordFailure(failure, 1);
            return;
        }
        Latency.RecordNs(ended - intended);
        Naive.RecordNs(ended - sent);
        RecordStages(ended - intended, sent - intended, request);
    }

    public void RecordFailure(string kind, long count)
    {
        if (count > 0)
        {
            _failures.AddOrUpdate(kind, static (_, more) => more, static (_, soFar, more) => soFar + more, count);
        }
    }

    private void RecordStages(long totalNs, long waitedNs, LoadRequest request)
    {
        var unnamed = totalNs;
        for (var stage = Stage.Upload; stage < Stage.Other; stage++)
        {
            // Waiting for a free caller is waiting for a free place.
            var ns = request.StageNs(stage) + (stage == Stage.Queue ? waitedNs : 0);
            if (ns > 0)
            {
                _stages[(int)stage].RecordNs(ns);
                unnamed -= ns;
            }
        }
        _stages[(int)Stage.Other].RecordNs(unnamed);
    }
}
