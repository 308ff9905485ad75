namespace LatencyLab.Inference.Measurement.Hardware.Linux;

/// <summary>How long the container's processor quota made its threads wait, from the control group's <c>cpu.stat</c>.</summary>
/// <param name="file">The file.</param>
/// <param name="unitSeconds">Version 2 counts microseconds as <c>throttled_usec</c>, version 1 nanoseconds as <c>throttled_time</c>.</param>
internal sealed class ThrottleSource(KernelFile file, double unitSeconds) : IMetricSource
{
    private Counter _throttled;

    /// <inheritdoc/>
    public IReadOnlyList<HardwareMetric> Metrics { get; } =
    [
        new("cgroup.throttled", "%", "Time that processors of this container stood still because its quota was used up; several may add up."),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<MissingMetric> Missing => [];

    /// <summary>Finds the file of the version in force; null where there is none.</summary>
    public static ThrottleSource? TryOpen(string controlGroups) =>
        KernelFile.TryOpen(Path.Combine(controlGroups, "cpu.stat")) is { } second ? new(second, 1e-6)
        : KernelFile.TryOpen(Path.Combine(controlGroups, "cpu", "cpu.stat")) is { } first ? new(first, 1e-9)
        : null;

    /// <inheritdoc/>
    public void Sample(Span<double> values, double elapsedSeconds)
    {
        var text = file.Read();
        var count = NumberText.After(text, "throttled_usec"u8);
        count = double.IsNaN(count) ? NumberText.After(text, "throttled_time"u8) : count;
        values[0] = 100 * unitSeconds * _throttled.Rate(count, elapsedSeconds);
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();
}
