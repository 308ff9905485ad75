namespace LatencyLab.Inference.Measurement.Load.Arrivals;

/// <summary>Independent arrivals, as of many people who know nothing of each other: the gaps are exponentially distributed.</summary>
public sealed class PoissonArrivals : IArrivalSchedule
{
    private readonly int _seed;
    private double _ratePerSecond;

    /// <summary>Arrivals at a mean rate.</summary>
    /// <param name="ratePerSecond">Requests a second, above 0.</param>
    /// <param name="seed">Makes them reproducible.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not above 0.</exception>
    public PoissonArrivals(double ratePerSecond, int seed = 1)
    {
        _ratePerSecond = ArrivalRate.Checked(ratePerSecond, nameof(ratePerSecond));
        _seed = seed;
    }

    /// <inheritdoc/>
    public string Kind => "poisson";

    /// <summary>Mean rate in requests a second; a new one, set from any thread, takes effect with the next arrival.</summary>
    public double RatePerSecond
    {
        get => Volatile.Read(ref _ratePerSecond);
        set => Volatile.Write(ref _ratePerSecond, ArrivalRate.Checked(value, nameof(value)));
    }

    /// <inheritdoc/>
    public IEnumerable<TimeSpan> Arrivals() => Draw(new Random(_seed));

    /// <inheritdoc/>
    public IEnumerable<TimeSpan> WarmupArrivals() => Draw(new Random(~_seed));

    private IEnumerable<TimeSpan> Draw(Random random)
    {
        for (var seconds = 0.0; ;)
        {
            seconds -= Math.Log(1 - random.NextDouble()) / RatePerSecond;
            yield return TimeSpan.FromSeconds(seconds);
        }
    }
}
