namespace LatencyLab.Inference.Measurement;

/// <summary>The stages of one finished request; they add up to the total.</summary>
public sealed class StageTimes
{
    private readonly double[] _milliseconds = new double[(int)Stage.Other + 1];

    private StageTimes(double totalMs) => TotalMs = totalMs;

    /// <summary>From the request's start to its end, in milliseconds.</summary>
    public double TotalMs { get; }

    /// <summary>Time of one stage in milliseconds; 0 for a stage that the request did not pass.</summary>
    public double this[Stage stage] => _milliseconds[(int)stage];

    /// <summary>Copies what a stopped clock holds.</summary>
    public static StageTimes From(StageClock clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        var times = new StageTimes(clock.TotalMs);
        for (var stage = Stage.Upload; stage <= Stage.Other; stage++)
        {
            times._milliseconds[(int)stage] = clock.MillisecondsOf(stage);
        }
        return times;
    }
}
