using System.Buffers.Text;

namespace LatencyLab.Inference.Measurement.Hardware.Linux;

/// <summary>How the processors spend their time, in all and each, from <c>/proc/stat</c>.</summary>
internal sealed class ProcessorSource : IMetricSource
{
    /// <summary>Shares of one processor: busy, user, system, iowait, steal.</summary>
    private const int Shares = 5;
    private const int SystemMetrics = 4;

    private readonly KernelFile _file;
    private readonly Counter[,] _counters;
    private readonly List<HardwareMetric> _metrics = [];
    private readonly int _cores;
    private Counter _switches;
    private Counter _interrupts;

    /// <param name="file"><c>/proc/stat</c>.</param>
    public ProcessorSource(KernelFile file)
    {
        _file = file;
        var lines = new NumberText(file.Read());
        while (!lines.IsEmpty)
        {
            var name = lines.Line().Word();
            if (name.StartsWith("cpu"u8) && Utf8Parser.TryParse(name[3..], out int number, out _))
            {
                // Numbers may have gaps where a processor is off.
                _cores = Math.Max(_cores, number + 1);
            }
        }
        _counters = new Counter[_cores + 1, Shares + 1];
        AddShares("cpu", "all processors");
        for (var core = 0; core < _cores; core++)
        {
            AddShares($"cpu{core}", $"processor {core}");
        }
        _metrics.Add(new("system.contextSwitches", "1/s", "How often processors went from one thread to another, on the whole machine."));
        _metrics.Add(new("system.interrupts", "1/s", "Interrupts served, on the whole machine."));
        _metrics.Add(new("system.runnable", "count", "Threads that run or wait for a processor, on the whole machine."));
        _metrics.Add(new("system.blocked", "count", "Threads that wait for a disk, on the whole machine."));
    }

    /// <inheritdoc/>
    public IReadOnlyList<HardwareMetric> Metrics => _metrics;

    /// <inheritdoc/>
    public IReadOnlyList<MissingMetric> Missing => [];

    /// <inheritdoc/>
    public void Sample(Span<double> values, double elapsedSeconds)
    {
        values.Fill(double.NaN);
        var system = values[^SystemMetrics..];
        var lines = new NumberText(_file.Read());
        while (!lines.IsEmpty)
        {
            var line = lines.Line();
            var name = line.Word();
            if (name.StartsWith("cpu"u8))
            {
                var index = name.Length == 3 ? 0 : Utf8Parser.TryParse(name[3..], out int number, out _) ? number + 1 : _cores + 1;
                if (index <= _cores)
                {
                    ReadShares(ref line, index, values.Slice(index * Shares, Shares));
                }
            }
            else if (name.SequenceEqual("ctxt"u8))
            {
                system[0] = _switches.Rate(line.Number(), elapsedSeconds);
            }
            else if (name.SequenceEqual("intr"u8))
            {
                system[1] = _interrupts.Rate(line.Number(), elapsedSeconds);
            }
            else if (name.SequenceEqual("procs_running"u8))
            {
                system[2] = line.Number();
            }
            else if (name.SequenceEqual("procs_blocked"u8))
            {
                system[3] = line.Number();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void ReadShares(ref NumberText line, int index, Span<double> shares)
    {
        double user = line.Number() + line.Number(), system = line.Number(), idle = line.Number(), wait = line.Number();
        system += line.Number() + line.Number();
        var steal = line.Number();
        ReadOnlySpan<double> ticks = [user + system + steal, user, system, wait, steal, idle];
        Span<double> grown = stackalloc double[Shares + 1];
        for (var i = 0; i < ticks.Length; i++)
        {
            grown[i] = _counters[index, i].Growth(ticks[i]);
        }
        // Idle and waiting times of a processor may step back by a tick; what is left still adds up.
        var all = grown[0] + OrZero(grown[3]) + OrZero(grown[5]);
        for (var i = 0; i < Shares; i++)
        {
            shares[i] = all > 0 ? 100 * grown[i] / all : double.NaN;
        }
    }

    private static double OrZero(double value) => double.IsNaN(value) ? 0 : value;

    private void AddShares(string name, string whose)
    {
        _metrics.Add(new($"{name}.busy", "%", $"Time of {whose} that is neither idle nor waiting for a disk; steal included."));
        _metrics.Add(new($"{name}.user", "%", $"Time of {whose} in programs."));
        _metrics.Add(new($"{name}.system", "%", $"Time of {whose} in the kernel, interrupts included."));
        _metrics.Add(new($"{name}.iowait", "%", $"Idle time of {whose} while a disk was awaited."));
        _metrics.Add(new($"{name}.steal", "%", $"Time that {whose} wanted to run and the host ran others."));
    }
}
