namespace LatencyLab.Inference.Measurement.Load;

/// <summary>Keeps a run's time on a thread of its own: passes arrivals on when they are due, and leads from phase to phase.</summary>
internal sealed class LoadSender(
    LoadOptions options, LoadRecorder recorder, LoadProgress progress, LoadSwitch control, ILoadClock clock)
{
    private const long PauseSliceNs = 10_000_000;

    private bool Stopped => control.Stopping.IsCancellationRequested;

    /// <summary>Follows the schedule; returns the measured time in seconds.</summary>
    public double OpenLoop(ArrivalQueue queue)
    {
        var schedule = options.Schedule!;
        return Phases(
            start => Send(queue, schedule.WarmupArrivals(), start, options.Warmup),
            start => Send(queue, schedule.Arrivals(), start, options.Duration));
    }

    /// <summary>Lets the callers make the load; returns the measured time in seconds.</summary>
    public double ClosedLoop() => Phases(start => Pass(start, options.Warmup), start => Pass(start, options.Duration));

    private double Phases(Func<long, long> warmup, Func<long, long> measure)
    {
        var start = clock.NowNs;
        progress.Enter(LoadPhase.Warmup, start + Ns(options.Warmup));
        start = warmup(start);
        progress.Enter(LoadPhase.Measuring, start);
        recorder.MeasureFrom(start);
        var end = measure(start);
        recorder.MeasureTo(end);
        var seconds = progress.SecondsFromStart(end);
        progress.Enter(LoadPhase.Finishing, end - (long)(seconds * 1e9));
        return seconds;
    }

    /// <summary>Passes on what arrives within a phase; returns when the phase ended.</summary>
    private long Send(ArrivalQueue queue, IEnumerable<TimeSpan> arrivals, long start, TimeSpan length)
    {
        foreach (var arrival in arrivals)
        {
            if (arrival >= length || !Reach(ref start, arrival))
            {
                break;
            }
            var due = start + Ns(arrival);
            var now = clock.NowNs;
            if (now - due <= Ns(options.SendTolerance) && queue.TryRelease(due))
            {
                recorder.RecordSent(due, now);
            }
            else
            {
                recorder.RecordUnsent(due);
            }
        }
        return Pass(start, length);
    }

    /// <summary>Waits for the end of a phase and returns it: the phase's length after its start, or now where the run is stopped.</summary>
    private long Pass(long start, TimeSpan length) => Reach(ref start, length) ? start + Ns(length) : clock.NowNs;

    /// <summary>Waits until a time after the start, which moves by what the run is paused; false where the run is stopped.</summary>
    private bool Reach(ref long start, TimeSpan after)
    {
        while (!Stopped)
        {
            clock.WaitUntil(start + Ns(after), control.Stopping);
            if (!control.IsPaused)
            {
                return !Stopped;
            }
            while (control.IsPaused && !Stopped)
            {
                clock.WaitUntil(clock.NowNs + PauseSliceNs, control.Stopping);
            }
            start += progress.Resume(clock.NowNs);
        }
        return false;
    }

    private static long Ns(TimeSpan span) => span.Ticks * TimeSpan.NanosecondsPerTick;
}
