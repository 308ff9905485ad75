using LatencyLab.Inference.Measurement.Hardware;

namespace LatencyLab.Tests.Measurement.Hardware;

/// <summary>A machine that always does the same, and knows whether it is still watched.</summary>
internal sealed class FixedSource : IMetricSource
{
    public IReadOnlyList<HardwareMetric> Metrics { get; } =
    [
        new("cpu.busy", "%", "Time of all processors that is not idle."),
        new("cpu0.busy", "%", "Time of processor 0 that is not idle."),
        new("cpu0.user", "%", "Time of processor 0 in programs."),
        new("process.resident", "bytes", "Memory of this process."),
        new("disk.read", "bytes/s", "Read from all disks."),
    ];

    public IReadOnlyList<MissingMetric> Missing => [];

    public bool Disposed { get; private set; }

    public void Sample(Span<double> values, double elapsedSeconds)
    {
        Span<double> fixedValues = [12.34, 20, 10, 123_456_789, elapsedSeconds == 0 ? double.NaN : 4_500];
        fixedValues.CopyTo(values);
    }

    public void Dispose() => Disposed = true;

    /// <summary>A monitor of it, without a GPU.</summary>
    public HardwareMonitor Monitor() => new([this], [new MissingMetric("gpu", "no driver")]);
}
