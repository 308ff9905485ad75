using System.Globalization;
using System.Runtime.InteropServices;

namespace LatencyLab.Inference.Measurement.Hardware.Nvml;

/// <summary>NVIDIA GPUs, by the driver's management library (NVML).</summary>
internal sealed class GpuSource : IMetricSource
{
    private const int Gauges = 7;
    private static readonly int MetricsOfOne = Gauges + ThrottleReason.All.Count;

    private readonly NvmlApi _api;
    private readonly nint[] _devices;
    private readonly List<HardwareMetric> _metrics = [];

    private GpuSource(NvmlApi api)
    {
        _api = api;
        _devices = [.. Enumerable.Range(0, api.DeviceCount()).Select(api.Device).Where(device => device != 0)];
        for (var i = 0; i < _devices.Length; i++)
        {
            AddMetrics(string.Create(CultureInfo.InvariantCulture, $"gpu{i}"), api.NameOf(_devices[i]));
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<HardwareMetric> Metrics => _metrics;

    /// <inheritdoc/>
    public IReadOnlyList<MissingMetric> Missing => [];

    /// <summary>Loads the driver's library; null with the reason where that fails.</summary>
    public static GpuSource? TryLoad(out string reason)
    {
        string[] names = OperatingSystem.IsWindows() ? ["nvml.dll"] : ["libnvidia-ml.so.1", "libnvidia-ml.so"];
        foreach (var name in names)
        {
            if (NativeLibrary.TryLoad(name, out var library))
            {
                return TryStart(export => NativeLibrary.GetExport(library, export), out reason);
            }
        }
        reason = $"no NVIDIA driver on this machine ({names[0]} is not installed)";
        return null;
    }

    /// <summary>Starts the library whose exports are given; null with the reason where that fails.</summary>
    public static GpuSource? TryStart(Func<string, nint> export, out string reason)
    {
        try
        {
            var api = new NvmlApi(export);
            if (api.Initialize() is not 0 and var code)
            {
                reason = string.Create(CultureInfo.InvariantCulture, $"the NVIDIA driver does not answer (NVML code {code})");
                return null;
            }
            var source = new GpuSource(api);
            if (source._devices.Length > 0)
            {
                reason = "";
                return source;
            }
            source.Dispose();
            reason = "the NVIDIA driver shows no GPU";
        }
        catch (EntryPointNotFoundException error)
        {
            reason = $"the NVIDIA driver is too old: {error.Message}";
        }
        return null;
    }

    /// <inheritdoc/>
    public void Sample(Span<double> values, double elapsedSeconds)
    {
        for (var i = 0; i < _devices.Length; i++)
        {
            SampleOne(_devices[i], values.Slice(i * MetricsOfOne, MetricsOfOne));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _api.Shutdown();

    private void SampleOne(nint device, Span<double> values)
    {
        var utilization = _api.Utilization(device);
        values[0] = utilization?.Gpu ?? double.NaN;
        values[1] = utilization?.Memory ?? double.NaN;
        values[2] = _api.Memory(device)?.Used ?? double.NaN;
        values[3] = _api.Temperature(device);
        values[4] = _api.Power(device);
        values[5] = _api.Clock(device, NvmlClock.Multiprocessor);
        values[6] = _api.Clock(device, NvmlClock.Memory);
        var reasons = _api.ThrottleReasons(device);
        for (var i = 0; i < ThrottleReason.All.Count; i++)
        {
            values[Gauges + i] = reasons is { } bits ? (bits & ThrottleReason.All[i].Bit) != 0 ? 1 : 0 : double.NaN;
        }
    }

    private void AddMetrics(string name, string model)
    {
        _metrics.Add(new($"{name}.utilization", "%", $"Time in which {model} ran anything."));
        _metrics.Add(new($"{name}.memoryUtilization", "%", $"Time in which memory of {model} was read or written."));
        _metrics.Add(new($"{name}.memoryUsed", "bytes", $"Memory of {model} in use, by all processes."));
        _metrics.Add(new($"{name}.temperature", "°C", $"Temperature of {model}."));
        _metrics.Add(new($"{name}.power", "W", $"Power that {model} draws."));
        _metrics.Add(new($"{name}.clock", "MHz", $"Clock of the multiprocessors of {model}."));
        _metrics.Add(new($"{name}.memoryClock", "MHz", $"Clock of the memory of {model}."));
        foreach (var reason in ThrottleReason.All)
        {
            _metrics.Add(new($"{name}.throttle.{reason.Name}", "0/1", $"1 while the clocks of {model} are lower because {reason.Description}."));
        }
    }
}
