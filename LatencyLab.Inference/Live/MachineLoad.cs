using LatencyLab.Inference.Measurement.Hardware;

namespace LatencyLab.Inference.Live;

/// <summary>What the machine does meanwhile: the processors, and this process's memory.</summary>
internal sealed class MachineLoad : IMachineLoad
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    private readonly HardwareMonitor _monitor = HardwareMonitor.Create();
    private readonly HardwareSampler _sampler;
    private readonly double[] _values;
    private readonly int _cpu;
    private readonly int _memory;

    public MachineLoad()
    {
        _values = new double[_monitor.Metrics.Count];
        _cpu = IndexOf("cpu.busy");
        _memory = IndexOf("process.resident");
        _sampler = new HardwareSampler(_monitor, Period, capacity: 2);
    }

    /// <inheritdoc/>
    public (double? CpuPercent, long? MemoryBytes) Read() => _sampler.TryReadLatest(_values) ? (Value(_cpu), (long?)Value(_memory)) : (null, null);

    public void Dispose()
    {
        _sampler.Dispose();
        _monitor.Dispose();
    }

    private int IndexOf(string name) => _monitor.Metrics.TakeWhile(metric => metric.Name != name).Count();

    private double? Value(int index) => index < _values.Length && !double.IsNaN(_values[index]) ? _values[index] : null;
}
