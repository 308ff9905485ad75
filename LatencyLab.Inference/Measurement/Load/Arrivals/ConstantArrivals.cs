namespace LatencyLab.Inference.Measurement.Load.Arrivals;

/// <summary>Arrivals at equal distances.</summary>
/// <param name="ratePerSecond">Requests a second, above 0.</param>
/// <exception cref="ArgumentOutOfRangeException">The rate is not above 0.</exception>
public sealed class ConstantArrivals(double ratePerSecond) : IArrivalSchedule
{
    /// <inheritdoc/>
    public string Kind => "constant";

    /// <inheritdoc/>
    public double RatePerSecond { get; } = ArrivalRate.Checked(ratePerSecond, nameof(ratePerSecond));

    /// <inheritdoc/>
    public IEnumerable<TimeSpan> Arrivals()
    {
        for (long index = 0; ; index++)
        {
            yield return TimeSpan.FromSeconds(index / RatePerSecond);
        }
    }

    /// <inheritdoc/>
    public IEnumerable<TimeSpan> WarmupArrivals() => Arrivals();
}
