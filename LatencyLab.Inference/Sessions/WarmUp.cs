using LatencyLab.Inference.Measurement;

namespace LatencyLab.Inference.Sessions;

/// <summary>Lets a variant answer until its time settles.</summary>
internal static class WarmUp
{
    private const int Window = 5;
    private const int MostRuns = 60;
    private const double Settled = 1.10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>
    /// The first answer's duration, and those until the last <see cref="Window"/> lie within 10 % of each other, or patience ends. From
    /// the encoded <see cref="WarmUpPicture"/> to predictions, in milliseconds.
    /// </summary>
    public static (double ColdMs, IReadOnlyList<double> WarmupMs) Run(RequestSlot slot, CancellationToken cancellationToken)
    {
        var clock = new StageClock();
        var cold = Time(slot, clock, cancellationToken);
        var runs = new List<double>();
        var spent = cold;
        while (runs.Count < MostRuns && spent < Patience.TotalMilliseconds && !IsSettled(runs))
        {
            runs.Add(Time(slot, clock, cancellationToken));
            spent += runs[^1];
        }
        return (cold, runs);
    }

    /// <summary>Whether the last <see cref="Window"/> durations lie within 10 % of each other.</summary>
    public static bool IsSettled(List<double> runs)
    {
        if (runs.Count < Window)
        {
            return false;
        }
        var last = runs[^Window..];
        return last.Max() <= Settled * last.Min();
    }

    private static double Time(RequestSlot slot, StageClock clock, CancellationToken cancellationToken)
    {
        clock.Start();
        slot.Run(WarmUpPicture.Encoded, clock, cancellationToken);
        clock.Stop();
        return clock.TotalMs;
    }
}
