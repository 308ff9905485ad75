using System.Globalization;

namespace LatencyLab.Inference.Measurement.Hardware.Linux;

/// <summary>Clock frequency of the processors: from the frequency driver, or where a virtual machine has none, from <c>/proc/cpuinfo</c>.</summary>
internal sealed class FrequencySource : IMetricSource
{
    private const double KilohertzInMegahertz = 1000;
    private readonly KernelFile[] _drivers;
    private readonly KernelFile? _list;

    /// <param name="processors"><c>/sys/devices/system/cpu</c>.</param>
    /// <param name="list"><c>/proc/cpuinfo</c>.</param>
    public FrequencySource(string processors, string list)
    {
        _drivers = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(core => Driver(processors, core)).TakeWhile(file => file is not null).Select(file => file!)];
        _list = _drivers.Length == 0 ? KernelFile.TryOpen(list) : null;
        if (_list is not null && double.IsNaN(MeanOfList()))
        {
            _list.Dispose();
            _list = null;
        }
        if (_drivers.Length == 0 && _list is null)
        {
            Metrics = [];
            Missing = [new("cpu.frequency", "neither a frequency driver nor /proc/cpuinfo tells it on this machine")];
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<HardwareMetric> Metrics { get; } =
    [
        new("cpu.frequency", "MHz", "Clock frequency, the mean of all processors; a virtual machine may be told a constant."),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<MissingMetric> Missing { get; } = [];

    /// <inheritdoc/>
    public void Sample(Span<double> values, double elapsedSeconds)
    {
        if (_list is not null)
        {
            values[0] = MeanOfList();
        }
        else if (_drivers.Length > 0)
        {
            var sum = 0.0;
            foreach (var driver in _drivers)
            {
                sum += new NumberText(driver.Read()).Number();
            }
            values[0] = sum / _drivers.Length / KilohertzInMegahertz;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _list?.Dispose();
        Array.ForEach(_drivers, driver => driver.Dispose());
    }

    private double MeanOfList()
    {
        var (sum, count) = (0.0, 0);
        var lines = new NumberText(_list!.Read());
        while (!lines.IsEmpty)
        {
            var line = lines.Line();
            if (line.Word().SequenceEqual("cpu"u8) && line.Word().SequenceEqual("MHz"u8))
            {
                line.Skip(1);
                sum += line.Number();
                count++;
            }
        }
        return sum / count;
    }

    private static KernelFile? Driver(string processors, int core) =>
        KernelFile.TryOpen(Path.Combine(processors, string.Create(CultureInfo.InvariantCulture, $"cpu{core}"), "cpufreq", "scaling_cur_freq"));
}
