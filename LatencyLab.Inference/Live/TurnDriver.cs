using LatencyLab.Inference.Measurement.Load;

namespace LatencyLab.Inference.Live;

/// <summary>
/// Gives the variants their turns, in an order drawn anew for each round: while it is a variant's turn, all requests that arrive are its
/// own, and the next turn begins only when it has answered them. So no variant waits for, or shares processors with, another, and each
/// one's queue is its own doing.
/// </summary>
internal sealed class TurnDriver(IReadOnlyList<TurnTaker> takers, LiveRunOptions options, ILoadClock clock, RunTime time)
{
    private const long SliceNs = 10_000_000;
    private const long PollNs = 1_000_000;

    private readonly Random _random = new(options.Seed);
    private readonly TurnTaker[] _order = [.. takers];
    private double _ratePerSecond = options.RatePerSecond;
    private volatile string? _turn;

    /// <summary>Mean rate of arrivals; a new one takes effect with the next arrival.</summary>
    public double RatePerSecond
    {
        get => Volatile.Read(ref _ratePerSecond);
        set => Volatile.Write(ref _ratePerSecond, LiveRunOptions.CheckedRate(value));
    }

    /// <summary>The variant whose turn it is.</summary>
    public string? Turn => _turn;

    /// <summary>Holds its thread until the run is stopped, its time is over, or no variant is left.</summary>
    public void Run(CancellationToken stopping)
    {
        while (Goes(stopping) && takers.Any(taker => taker.Stands))
        {
            _random.Shuffle(_order);
            foreach (var taker in _order)
            {
                if (taker.Stands && Goes(stopping))
                {
                    TakeTurn(taker, stopping);
                }
            }
        }
        _turn = null;
    }

    /// <summary>Waits while the run is paused; false when it is over.</summary>
    private bool Goes(CancellationToken stopping)
    {
        while (time.IsPaused && !stopping.IsCancellationRequested)
        {
            clock.WaitUntil(clock.NowNs + SliceNs, stopping);
        }
        return !stopping.IsCancellationRequested && time.NowNs < Ns(options.Limit);
    }

    private void TakeTurn(TurnTaker taker, CancellationToken stopping)
    {
        _turn = taker.Variant.Id;
        var start = clock.NowNs;
        var arrivals = 0;
        for (var due = start + Gap(); due < start + Ns(options.Turn) && Reach(due, stopping) && taker.Stands; due += Gap())
        {
            taker.Release(due, inTime: clock.NowNs - due <= Ns(options.SendTolerance));
            arrivals++;
        }
        Reach(start + Ns(options.Turn), stopping);
        var open = clock.NowNs - start;
        AwaitAnswers(taker);
        taker.EndTurn(open, clock.NowNs - start, arrivals);
    }

    private void AwaitAnswers(TurnTaker taker)
    {
        var until = clock.NowNs + Ns(options.Patience);
        while (!taker.IsIdle && clock.NowNs < until)
        {
            // Not cancelled by a stop: the last answers belong to the run.
            clock.WaitUntil(clock.NowNs + PollNs, CancellationToken.None);
        }
        if (!taker.IsIdle)
        {
            taker.Abandon();
            taker.Fail($"It did not answer within {options.Patience.TotalSeconds:0} s.");
        }
    }

    /// <summary>Waits until a time; false where the run is paused or stopped first.</summary>
    private bool Reach(long untilNs, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested && !time.IsPaused)
        {
            clock.WaitUntil(Math.Min(untilNs, clock.NowNs + SliceNs), stopping);
            if (clock.NowNs >= untilNs)
            {
                return !stopping.IsCancellationRequested && !time.IsPaused;
            }
        }
        return false;
    }

    /// <summary>Until the next of many arrivals that know nothing of each other.</summary>
    private long Gap() => (long)(-1e9 * Math.Log(1 - _random.NextDouble()) / RatePerSecond);

    private static long Ns(TimeSpan span) => span.Ticks * TimeSpan.NanosecondsPerTick;
}
