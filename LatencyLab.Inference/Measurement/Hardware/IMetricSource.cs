namespace LatencyLab.Inference.Measurement.Hardware;

/// <summary>Reads some metrics. Allocates nothing per sample once it has read all its files. One caller at a time.</summary>
internal interface IMetricSource : IDisposable
{
    /// <summary>What it reads, always in this order.</summary>
    IReadOnlyList<HardwareMetric> Metrics { get; }

    /// <summary>What it would read on another machine.</summary>
    IReadOnlyList<MissingMetric> Missing { get; }

    /// <summary>Reads everything.</summary>
    /// <param name="values">One value a metric; NaN where there is none this time.</param>
    /// <param name="elapsedSeconds">Since the sample before; rates are over this time. 0 for the first, which has no rates.</param>
    void Sample(Span<double> values, double elapsedSeconds);
}
