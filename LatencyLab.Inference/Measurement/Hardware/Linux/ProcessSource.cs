namespace LatencyLab.Inference.Measurement.Hardware.Linux;

/// <summary>This process, from <c>/proc/self/stat</c> and <c>/proc/self/status</c>.</summary>
internal sealed class ProcessSource(KernelFile stat, KernelFile status) : IMetricSource
{
    private const double Kibibyte = 1024;

    /// <summary>The kernel's unit of processor time towards programs: always a hundredth of a second.</summary>
    private const double TicksPerSecond = 100;

    private Counter _minorFaults;
    private Counter _majorFaults;
    private Counter _cpuTicks;

    /// <inheritdoc/>
    public IReadOnlyList<HardwareMetric> Metrics { get; } =
    [
        new("process.cpu", "%", "Processor time of this process; 100 is one processor."),
        new("process.minorFaults", "1/s", "Pages that this process touched for the first time, served without a disk."),
        new("process.majorFaults", "1/s", "Pages of this process that had to be read from a disk."),
        new("process.threads", "count", "Threads of this process."),
        new("process.resident", "bytes", "Memory of this process that is in main memory (working set)."),
        new("process.peakResident", "bytes", "The most that this process had in main memory since it began, or since the peak was last set back."),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<MissingMetric> Missing => [];

    /// <inheritdoc/>
    public void Sample(Span<double> values, double elapsedSeconds)
    {
        var fields = new NumberText(stat.Read());
        // The program's name comes second, in brackets, and may itself hold blanks and brackets.
        fields.SkipPast((byte)')');
        fields.Skip(7);
        values[1] = _minorFaults.Rate(fields.Number(), elapsedSeconds);
        fields.Skip(1);
        values[2] = _majorFaults.Rate(fields.Number(), elapsedSeconds);
        fields.Skip(1);
        values[0] = 100 * _cpuTicks.Rate(fields.Number() + fields.Number(), elapsedSeconds) / TicksPerSecond;
        fields.Skip(4);
        values[3] = fields.Number();
        var text = status.Read();
        values[4] = Kibibyte * NumberText.After(text, "VmRSS:"u8);
        values[5] = Kibibyte * NumberText.After(text, "VmHWM:"u8);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        stat.Dispose();
        status.Dispose();
    }
}
