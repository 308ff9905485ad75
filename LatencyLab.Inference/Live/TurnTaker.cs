using LatencyLab.Inference.Measurement.Load;

namespace LatencyLab.Inference.Live;

/// <summary>One variant's part in a live run: the queue in front of its callers, and what became of its arrivals.</summary>
internal sealed class TurnTaker : ICallRecorder
{
    /// <summary>A variant that fails so many times without an answer between does not come back by itself.</summary>
    private const int MostFailuresInARow = 5;

    private readonly RunTime _time;
    private readonly ILoadClock _clock;
    private readonly ArrivalQueue _queue;
    private readonly AnswerWindow _answers;
    private readonly TurnWindow _turns;
    private readonly int _callers;
    private volatile string? _failure;
    private int _underWay;
    private int _answered;
    private int _failuresInARow;
    private long _failed;
    private long _unsent;

    public TurnTaker(LiveVariant variant, LiveRunOptions options, ILoadClock clock, RunTime time)
    {
        Variant = variant;
        _clock = clock;
        _time = time;
        _failure = variant.Failure;
        _callers = variant.Target?.Parallelism ?? 0;
        _queue = new ArrivalQueue(options.MaxWaiting, _callers);
        _answers = new AnswerWindow(options.Window, (int)Math.Ceiling(LiveRunOptions.MaxRatePerSecond * options.Window.TotalSeconds));
        _turns = new TurnWindow(options.Window, (int)Math.Ceiling(options.Window / options.Turn) + 1);
    }

    public LiveVariant Variant { get; }

    public bool Stands => _failure is null;

    /// <summary>Nothing waits, and nothing is being answered.</summary>
    public bool IsIdle => Volatile.Read(ref _underWay) == 0;

    /// <summary>Answers once, outside every measurement.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (!Stands)
        {
            return;
        }
        try
        {
            await Variant.Target!.CheckAsync(cancellationToken);
        }
        catch (LoadTargetException error)
        {
            _failure = error.Message;
        }
    }

    /// <summary>Starts the callers; the result ends when they have ended.</summary>
    public Task StartCallers(CancellationToken cancellationToken) => Variant.Target is { } target
        ? Task.WhenAll([.. Enumerable.Range(0, _callers).Select(_ => new LoadCaller(_queue, target, this, _clock).RunAsync(cancellationToken))])
        : Task.CompletedTask;

    /// <summary>There will be no more arrivals.</summary>
    public void EndCallers() => _queue.End();

    /// <summary>Passes an arrival on, or counts it as unsent.</summary>
    public void Release(long intended, bool inTime)
    {
        Interlocked.Increment(ref _underWay);
        if (!inTime || !_queue.TryRelease(intended))
        {
            Interlocked.Decrement(ref _underWay);
            Interlocked.Increment(ref _unsent);
        }
    }

    /// <summary>Takes back what still waits after the end of the turn.</summary>
    public void Abandon()
    {
        var count = _queue.Abandon(long.MinValue);
        Interlocked.Add(ref _underWay, -count);
        Interlocked.Add(ref _unsent, count);
    }

    /// <summary>The turn is over.</summary>
    public void EndTurn(long openNs, long wholeNs, int arrivals) =>
        _turns.Add(new Turn(_time.NowNs, openNs, wholeNs, arrivals, Interlocked.Exchange(ref _answered, 0)));

    /// <summary>The variant does not answer any more.</summary>
    public void Fail(string reason) => _failure = reason;

    public void Record(long intended, long sent, long ended, LoadRequest request, string? failure)
    {
        if (failure is null)
        {
            Volatile.Write(ref _failuresInARow, 0);
            Interlocked.Increment(ref _answered);
            _answers.Add(_time.NowNs, ended - intended, sent - intended, request);
        }
        else
        {
            Interlocked.Increment(ref _failed);
            if (Interlocked.Increment(ref _failuresInARow) >= MostFailuresInARow)
            {
                Fail($"{MostFailuresInARow} requests in a row had no answer ({failure}).");
            }
        }
        Interlocked.Decrement(ref _underWay);
    }

    /// <summary>The variant's figures now; one reader at a time.</summary>
    public LiveVariantFigures Read()
    {
        var nowNs = _time.NowNs;
        var answers = _answers.Read(nowNs);
        var (offered, achieved) = _turns.Rates(nowNs);
        var (first, buckets) = LiveBuckets.Of(answers.Latencies);
        return new LiveVariantFigures
        {
            Id = Variant.Id,
            Samples = answers.Samples,
            P50Ms = answers.Latencies.PercentileMs(0.5),
            P95Ms = answers.Latencies.PercentileOfEnoughMs(0.95),
            P99Ms = answers.Latencies.PercentileOfEnoughMs(0.99),
            OfferedRps = offered,
            AchievedRps = achieved,
            Unsent = Interlocked.Read(ref _unsent),
            Failed = Interlocked.Read(ref _failed),
            Stages = answers.Stages,
            FirstBucket = first,
            Buckets = buckets,
            Answer = Variant.Answer(),
            Failure = _failure,
        };
    }
}
