namespace LatencyLab.Web.Components.Sweeps;

/// <summary>What the curves of a sweep show.</summary>
public enum SweepCurve
{
    /// <summary>Median over batch size, with the fitted law.</summary>
    Latency,

    /// <summary>Pictures a second over batch size.</summary>
    Throughput,

    /// <summary>Cold start and the runs after it.</summary>
    WarmUp,
}
