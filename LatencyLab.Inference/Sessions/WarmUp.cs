using LatencyLab.Inference.Measurement;

namespace LatencyLab.Inference.Sessions;

/// <summary>Runs a model until its time settles.</summary>
internal static class WarmUp
{
    private const int Window = 5;
    private const int MostRuns = 60;
    private const double Settled = 1.10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>
    /// The first run's duration, and those until the last <see cref="Window"/> runs lie within 10 % of each other, or patience ends.
    /// All in milliseconds.
    /// </summary>
    public static (double ColdMs, IReadOnlyList<double> WarmupMs) Run(IInference inference, CancellationToken cancellationToken)
    {
        var clock = new StageClock();
        var cold = Time(inference, clock, cancellationToken);
        var runs = new List<double>();
        var spent = cold;
        while (runs.Count < MostRuns && spent < Patience.TotalMilliseconds && !IsSettled(runs))
        {
            runs.Add(Time(inference, clock, cancellationToken));
            spent += runs[^1];
        }
        return (cold, runs);
    }

    private static bool IsSettled(List<double> runs)
    {
        if (runs.Count < Window)
        {
            return false;
        }
        var last = runs[^Window..];
        return last.Max() <= Settled * last.Min();
    }

    private static double Time(IInference inference, StageClock clock, CancellationToken cancellationToken)
    {
        clock.Start();
        inference.Run(clock, cancellationToken);
        clock.Stop();
        return clock.TotalMs;
    }
}
