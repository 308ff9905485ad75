using System.Diagnostics;

namespace LatencyLab.Inference.Measurement;

/// <summary>
/// One request's time, split into stages. Carried through the pipeline and reused for the next request; allocates nothing after
/// construction. Not safe for concurrent use: one clock a request.
/// </summary>
public sealed class StageClock
{
    private readonly long[] _ticks = new long[(int)Stage.Other + 1];
    private readonly bool _silent;
    private long _started;
    private long _lastMark;
    private long _stopped;

    /// <summary>A clock that measures.</summary>
    public StageClock()
    {
    }

    /// <summary>A clock that, where it is silent, never looks at the time: what a request would take if nobody measured it.</summary>
    internal StageClock(bool silent) => _silent = silent;

    /// <summary>Clears all stages and begins the request.</summary>
    public void Start()
    {
        if (_silent)
        {
            return;
        }
        Array.Clear(_ticks);
        _stopped = 0;
        _started = Stopwatch.GetTimestamp();
        _lastMark = _started;
    }

    /// <summary>Adds the time since the previous mark (or the start) to <paramref name="stage"/>.</summary>
    public void Mark(Stage stage)
    {
        if (_silent)
        {
            return;
        }
        var now = Stopwatch.GetTimestamp();
        _ticks[(int)stage] += now - _lastMark;
        _lastMark = now;
    }

    /// <summary>
    /// Splits the time since the previous mark (or the start): <paramref name="ticks"/> of it, at most all, belong to
    /// <paramref name="stage"/>, and what is left to <paramref name="rest"/>. For a part that someone else measured, as a duration.
    /// </summary>
    /// <param name="stage">The stage that was measured elsewhere.</param>
    /// <param name="ticks">Its duration in <see cref="Stopwatch"/> ticks; less than 0 counts as 0.</param>
    /// <param name="rest">The stage around it.</param>
    public void Mark(Stage stage, long ticks, Stage rest)
    {
        var now = Stopwatch.GetTimestamp();
        var span = now - _lastMark;
        // Clocks of two machines differ a little: the part may not outgrow the whole.
        var part = Math.Clamp(ticks, 0, span);
        _ticks[(int)stage] += part;
        _ticks[(int)rest] += span - part;
        _lastMark = now;
    }

    /// <summary>Ends the request; time since the last mark belongs to <see cref="Stage.Other"/>.</summary>
    public void Stop()
    {
        if (!_silent)
        {
            _stopped = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>From start to stop, or to now while the request runs; in <see cref="Stopwatch"/> ticks.</summary>
    public long TotalTicks => _started == 0 ? 0 : (_stopped == 0 ? Stopwatch.GetTimestamp() : _stopped) - _started;

    /// <summary>From start to stop, or to now while the request runs; in milliseconds.</summary>
    public double TotalMs => ToMilliseconds(TotalTicks);

    /// <summary>
    /// Time of one stage in <see cref="Stopwatch"/> ticks. <see cref="Stage.Other"/> is the total minus all named stages, so that the
    /// stages always add up to the total.
    /// </summary>
    public long TicksOf(Stage stage)
    {
        if (stage != Stage.Other)
        {
            return _ticks[(int)stage];
        }

        var named = 0L;
        for (var index = 0; index < (int)Stage.Other; index++)
        {
            named += _ticks[index];
        }

        return TotalTicks - named;
    }

    /// <summary>Time of one stage in milliseconds; see <see cref="TicksOf"/>.</summary>
    public double MillisecondsOf(Stage stage) => ToMilliseconds(TicksOf(stage));

    private static double ToMilliseconds(long ticks) => ticks * (1000.0 / Stopwatch.Frequency);
}
