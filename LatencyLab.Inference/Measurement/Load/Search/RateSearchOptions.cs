namespace LatencyLab.Inference.Measurement.Load.Search;

/// <summary>What highest rate is looked for, and how.</summary>
public sealed record RateSearchOptions
{
    /// <summary>The bound that the percentile has to keep, above 0.</summary>
    public required TimeSpan Bound { get; init; }

    /// <summary>The percentile, above 0 and below 1; 0.99 by default.</summary>
    public double Percentile { get; init; } = 0.99;

    /// <summary>The first rate tried, in requests a second.</summary>
    /// <value>The default value is 10.</value>
    public double StartRatePerSecond { get; init; } = 10;

    /// <summary>The search ends when the lowest rate that failed is closer to the highest that passed than this share.</summary>
    /// <value>Above 0 and below 1. The default value is 0.05.</value>
    public double Tolerance { get; init; } = 0.05;

    /// <summary>Longest that one trial is measured; a trial that is undecided by then has not passed.</summary>
    /// <value>The default value is 60 s.</value>
    public TimeSpan TrialLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Shortest that a trial is measured before it passes: close to saturation a queue takes its time to grow.</summary>
    /// <value>The default value is 10 s.</value>
    public TimeSpan LeastTrial { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Warm-up before each trial.</summary>
    /// <value>The default value is 1 s.</value>
    public TimeSpan Warmup { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Requests that are with the target at once; 0 takes what it works on at once.</summary>
    public int Callers { get; init; }

    /// <summary>Makes the schedules reproducible.</summary>
    public int Seed { get; init; } = 1;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Bound, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Percentile);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Percentile, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Tolerance);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Tolerance, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(TrialLimit, TimeSpan.Zero);
    }
}
