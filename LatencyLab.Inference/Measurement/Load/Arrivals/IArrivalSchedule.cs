namespace LatencyLab.Inference.Measurement.Load.Arrivals;

/// <summary>When requests arrive in an open loop, whatever became of those before.</summary>
public interface IArrivalSchedule
{
    /// <summary>Its name: <c>poisson</c>, <c>constant</c>, <c>ramp</c>, <c>recorded</c>.</summary>
    string Kind { get; }

    /// <summary>Mean rate over its course, or the rate that it ends with, in requests a second.</summary>
    double RatePerSecond { get; }

    /// <summary>Arrivals after the start of the measurement, ascending; may go on for ever.</summary>
    IEnumerable<TimeSpan> Arrivals();

    /// <summary>Arrivals at the rate with which this schedule begins, for the warm-up before it.</summary>
    IEnumerable<TimeSpan> WarmupArrivals();
}
