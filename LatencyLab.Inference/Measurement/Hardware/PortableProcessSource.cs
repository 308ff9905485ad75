namespace LatencyLab.Inference.Measurement.Hardware;

/// <summary>This process on systems other than Linux: what .NET itself tells.</summary>
internal sealed class PortableProcessSource : IMetricSource
{
    private Counter _cpuSeconds;

    /// <inheritdoc/>
    public IReadOnlyList<HardwareMetric> Metrics { get; } =
    [
        new("process.cpu", "%", "Processor time of this process; 100 is one processor."),
        new("process.resident", "bytes", "Memory of this process that is in main memory (working set)."),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<MissingMetric> Missing { get; } =
    [
        .. new[] { "cpu", "system", "memory", "process.minorFaults", "process.majorFaults", "disk", "network", "cgroup" }
            .Select(name => new MissingMetric(name, "read on Linux only")),
    ];

    /// <inheritdoc/>
    public void Sample(Span<double> values, double elapsedSeconds)
    {
        values[0] = 100 * _cpuSeconds.Rate(Environment.CpuUsage.TotalTime.TotalSeconds, elapsedSeconds);
        values[1] = Environment.WorkingSet;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
