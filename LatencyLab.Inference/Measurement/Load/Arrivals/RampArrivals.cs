namespace LatencyLab.Inference.Measurement.Load.Arrivals;

/// <summary>Arrivals whose rate rises or falls evenly from one value to another; ends when it is there.</summary>
public sealed class RampArrivals : IArrivalSchedule
{
    private readonly double _from;
    private readonly double _seconds;

    /// <summary>A ramp.</summary>
    /// <param name="fromRatePerSecond">Rate at the start, 0 or more.</param>
    /// <param name="toRatePerSecond">Rate at the end, above 0.</param>
    /// <param name="duration">Time between the two, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public RampArrivals(double fromRatePerSecond, double toRatePerSecond, TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        _from = fromRatePerSecond == 0 ? 0 : ArrivalRate.Checked(fromRatePerSecond, nameof(fromRatePerSecond));
        _seconds = duration.TotalSeconds;
        RatePerSecond = ArrivalRate.Checked(toRatePerSecond, nameof(toRatePerSecond));
    }

    /// <inheritdoc/>
    public string Kind => "ramp";

    /// <summary>The rate at the end, in requests a second.</summary>
    public double RatePerSecond { get; }

    /// <inheritdoc/>
    public IEnumerable<TimeSpan> Arrivals()
    {
        // By time t, from·t + slope·t²/2 requests have arrived: the k-th arrives where that reaches k.
        var slope = (RatePerSecond - _from) / _seconds;
        var total = (_from + RatePerSecond) / 2 * _seconds;
        for (long index = 0; index < total; index++)
        {
            // In this form nothing cancels, and a slope of 0 is no special case.
            var root = Math.Sqrt(Math.Max(0, (_from * _from) + (2 * slope * index)));
            yield return TimeSpan.FromSeconds(index == 0 ? 0 : 2 * index / (_from + root));
        }
    }

    /// <summary>None for a ramp from 0, else as many as at its start.</summary>
    public IEnumerable<TimeSpan> WarmupArrivals() => _from > 0 ? new ConstantArrivals(_from).Arrivals() : [];
}
