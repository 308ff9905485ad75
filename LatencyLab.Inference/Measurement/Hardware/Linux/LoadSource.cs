namespace LatencyLab.Inference.Measurement.Hardware.Linux;

/// <summary>The load average, from <c>/proc/loadavg</c>.</summary>
internal sealed class LoadSource(KernelFile file) : IMetricSource
{
    /// <inheritdoc/>
    public IReadOnlyList<HardwareMetric> Metrics { get; } =
    [
        new("system.load1", "count", "Threads that ran or waited to run, averaged over the last minute."),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<MissingMetric> Missing => [];

    /// <inheritdoc/>
    public void Sample(Span<double> values, double elapsedSeconds) => values[0] = new NumberText(file.Read()).Number();

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();
}
