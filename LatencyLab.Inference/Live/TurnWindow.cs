namespace LatencyLab.Inference.Live;

/// <summary>A variant's last turns, for the rates within the window. Written and read by one thread each.</summary>
/// <param name="length">How long a turn counts.</param>
/// <param name="capacity">Most turns.</param>
internal sealed class TurnWindow(TimeSpan length, int capacity)
{
    private readonly Lock _lock = new();
    private readonly Queue<Turn> _turns = new(capacity);
    private readonly long _lengthNs = length.Ticks * TimeSpan.NanosecondsPerTick;

    /// <summary>Adds a turn that has ended.</summary>
    public void Add(Turn turn)
    {
        lock (_lock)
        {
            if (_turns.Count == capacity)
            {
                _turns.Dequeue();
            }
            _turns.Enqueue(turn);
        }
    }

    /// <summary>Arrivals and answers a second of the variant's own time; 0 before its first turn has ended.</summary>
    /// <param name="nowNs">The run's time.</param>
    public (double OfferedRps, double AchievedRps) Rates(long nowNs)
    {
        lock (_lock)
        {
            while (_turns.TryPeek(out var oldest) && oldest.EndNs < nowNs - _lengthNs)
            {
                _turns.Dequeue();
            }
            return (PerSecond(_turns.Sum(turn => turn.Arrivals), _turns.Sum(turn => turn.OpenNs)),
                PerSecond(_turns.Sum(turn => turn.Answers), _turns.Sum(turn => turn.WholeNs)));
        }
    }

    private static double PerSecond(long count, long ns) => ns > 0 ? 1e9 * count / ns : 0;
}

/// <summary>One turn of a variant.</summary>
/// <param name="EndNs">When it ended, in the run's time.</param>
/// <param name="OpenNs">How long requests arrived.</param>
/// <param name="WholeNs">The same with the time until the last answer, where that came later.</param>
/// <param name="Arrivals">Requests that arrived, those not sent included.</param>
/// <param name="Answers">Answers.</param>
internal readonly record struct Turn(long EndNs, long OpenNs, long WholeNs, int Arrivals, int Answers);
