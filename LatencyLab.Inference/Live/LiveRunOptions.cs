namespace LatencyLab.Inference.Live;

/// <summary>How a live run puts load on its variants.</summary>
public sealed record LiveRunOptions
{
    /// <summary>Lowest rate, in arrivals a second.</summary>
    public const double MinRatePerSecond = 0.5;

    /// <summary>Highest rate, in arrivals a second.</summary>
    public const double MaxRatePerSecond = 200;

    /// <summary>Mean rate of the arrivals while it is a variant's turn.</summary>
    /// <value><see cref="MinRatePerSecond"/> to <see cref="MaxRatePerSecond"/> a second. The default value is 40.</value>
    public double RatePerSecond { get; init; } = 40;

    /// <summary>How long one variant's arrivals last before the next variant has its turn.</summary>
    /// <value>The default value is 1 s.</value>
    public TimeSpan Turn { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Answers of so long ago, in the run's time, are what percentiles, stages and buckets are made of.</summary>
    /// <value>The default value is 60 s.</value>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Time between frames.</summary>
    /// <value>The default value is 200 ms.</value>
    public TimeSpan FrameInterval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest that it runs, pauses not counted.</summary>
    /// <value>The default value is 2 h.</value>
    public TimeSpan Limit { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Arrivals that may wait for a variant; what arrives beyond them is counted as unsent.</summary>
    /// <value>The default value is 64: a turn ends soon even where the variant cannot keep up.</value>
    public int MaxWaiting { get; init; } = 64;

    /// <summary>An arrival that the run itself is later with is counted as unsent: sent in a bunch, it would be another load.</summary>
    /// <value>The default value is 100 ms.</value>
    public TimeSpan SendTolerance { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a turn waits at its end for answers that are still due; those that come later are failures.</summary>
    /// <value>The default value is 10 s.</value>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Makes arrivals and the order of turns reproducible.</summary>
    public int Seed { get; init; } = 1;

    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    internal void Validate()
    {
        CheckedRate(RatePerSecond);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Turn, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(Window, Turn);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(FrameInterval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Limit, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxWaiting);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(SendTolerance, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Patience, TimeSpan.Zero);
    }

    /// <summary>The rate, if it is one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is out of its range.</exception>
    public static double CheckedRate(double ratePerSecond) => ratePerSecond is >= MinRatePerSecond and <= MaxRatePerSecond
        ? ratePerSecond
        : throw new ArgumentOutOfRangeException(
            nameof(ratePerSecond), ratePerSecond, $"The rate must be from {MinRatePerSecond} to {MaxRatePerSecond} arrivals a second.");
}
