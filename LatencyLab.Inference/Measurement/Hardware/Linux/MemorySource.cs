namespace LatencyLab.Inference.Measurement.Hardware.Linux;

/// <summary>Memory of the machine, from <c>/proc/meminfo</c>.</summary>
internal sealed class MemorySource(KernelFile file) : IMetricSource
{
    private const double Kibibyte = 1024;

    /// <inheritdoc/>
    public IReadOnlyList<HardwareMetric> Metrics { get; } =
    [
        new("memory.available", "bytes", "Memory that programs can still get without swapping."),
        new("memory.pageCache", "bytes", "Memory that holds files; what is there need not be read from a disk."),
        new("memory.swapUsed", "bytes", "Memory that was moved to a disk."),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<MissingMetric> Missing => [];

    /// <inheritdoc/>
    public void Sample(Span<double> values, double elapsedSeconds)
    {
        var text = file.Read();
        values[0] = Kibibyte * NumberText.After(text, "MemAvailable:"u8);
        values[1] = Kibibyte * NumberText.After(text, "Cached:"u8);
        values[2] = Kibibyte * (NumberText.After(text, "SwapTotal:"u8) - NumberText.After(text, "SwapFree:"u8));
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();
}
