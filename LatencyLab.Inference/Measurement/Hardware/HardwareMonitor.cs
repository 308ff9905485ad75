using System.Diagnostics;
using LatencyLab.Inference.Measurement.Hardware.Linux;
using LatencyLab.Inference.Measurement.Hardware.Nvml;

namespace LatencyLab.Inference.Measurement.Hardware;

/// <summary>
/// What the machine does: processors, memory, this process, the .NET runtime, disks, network and NVIDIA GPUs, as far as the system
/// tells. One caller at a time; a <see cref="HardwareSampler"/> calls it at a steady rate. Allocates nothing per sample after the first.
/// </summary>
public sealed class HardwareMonitor : IDisposable
{
    private readonly IReadOnlyList<IMetricSource> _sources;
    private long _last;

    internal HardwareMonitor(IReadOnlyList<IMetricSource> sources, IReadOnlyList<MissingMetric> missing)
    {
        _sources = sources;
        Metrics = [.. sources.SelectMany(source => source.Metrics)];
        Missing = [.. missing, .. sources.SelectMany(source => source.Missing)];
    }

    /// <summary>What is read, in the order of the values.</summary>
    public IReadOnlyList<HardwareMetric> Metrics { get; }

    /// <summary>What this machine does not tell, and why.</summary>
    public IReadOnlyList<MissingMetric> Missing { get; }

    /// <summary>A monitor of everything that this machine tells.</summary>
    public static HardwareMonitor Create()
    {
        var missing = new List<MissingMetric>();
        List<IMetricSource> sources = [.. System(missing), new RuntimeSource()];
        if (GpuSource.TryLoad(out var reason) is { } gpus)
        {
            sources.Add(gpus);
        }
        else
        {
            missing.Add(new("gpu", reason));
        }
        return new HardwareMonitor(sources, missing);
    }

    /// <summary>Reads everything now.</summary>
    /// <param name="values">Receives one value a metric; NaN where there is none, as for rates in the first sample.</param>
    /// <exception cref="ArgumentException">There is not one place for each metric.</exception>
    public void Sample(Span<double> values)
    {
        if (values.Length != Metrics.Count)
        {
            throw new ArgumentException($"There must be {Metrics.Count} values, one for each metric, not {values.Length}.", nameof(values));
        }
        var now = Stopwatch.GetTimestamp();
        var elapsedSeconds = _last == 0 ? 0 : Stopwatch.GetElapsedTime(_last, now).TotalSeconds;
        _last = now;
        var first = 0;
        for (var i = 0; i < _sources.Count; i++)
        {
            var count = _sources[i].Metrics.Count;
            _sources[i].Sample(values.Slice(first, count), elapsedSeconds);
            first += count;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var source in _sources)
        {
            source.Dispose();
        }
    }

    private static IReadOnlyList<IMetricSource> System(List<MissingMetric> missing) =>
        OperatingSystem.IsLinux() ? LinuxSources.Create("/proc", "/sys", missing) : [new PortableProcessSource()];
}
