using System.Diagnostics;
using LatencyLab.Inference.Measurement.Hardware.Linux;

namespace LatencyLab.Inference.Measurement.Hardware;

/// <summary>
/// Samples a monitor at a steady rate on a thread of its own and keeps the latest samples in memory of fixed size. Samples are due at
/// fixed times from the start; one that is missed is counted, not made up for.
/// </summary>
public sealed class HardwareSampler : IDisposable
{
    /// <summary>Highest rate.</summary>
    public static readonly TimeSpan ShortestPeriod = TimeSpan.FromMilliseconds(10);

    private readonly HardwareMonitor _monitor;
    private readonly SampleRing _ring;
    private readonly ManualResetEvent _stopping = new(false);
    private readonly Thread _thread;
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _sampleTicks;
    private long _longestTicks;
    private long _skipped;
    private double _threadSeconds = double.NaN;

    /// <summary>Starts sampling.</summary>
    /// <param name="monitor">The monitor; nobody else may sample it meanwhile. Stays the caller's.</param>
    /// <param name="period">Time between samples, at least <see cref="ShortestPeriod"/>.</param>
    /// <param name="capacity">Samples that are kept, at least 2; the oldest give way.</param>
    public HardwareSampler(HardwareMonitor monitor, TimeSpan period, int capacity)
    {
        ArgumentNullException.ThrowIfNull(monitor);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, ShortestPeriod);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 2);
        _monitor = monitor;
        Period = period;
        _ring = new SampleRing(monitor.Metrics.Count, capacity);
        _thread = new Thread(Run) { IsBackground = true, Name = "hardware monitor", Priority = ThreadPriority.BelowNormal };
        _thread.Start();
    }

    /// <summary>Time between samples.</summary>
    public TimeSpan Period { get; }

    /// <summary>Samples taken since the start.</summary>
    public long Count => _ring.Count;

    /// <summary>What sampling has cost so far.</summary>
    public MonitorCost Cost
    {
        get
        {
            var count = Math.Max(1, Count);
            var sampleSeconds = Stopwatch.GetElapsedTime(0, Volatile.Read(ref _sampleTicks)).TotalSeconds;
            var threadSeconds = Volatile.Read(ref _threadSeconds);
            // Where the system does not tell a thread's processor time, the samples' durations are an upper bound of it.
            var seconds = double.IsNaN(threadSeconds) ? sampleSeconds : threadSeconds;
            return new MonitorCost(
                seconds / Stopwatch.GetElapsedTime(_started).TotalSeconds,
                1000 * sampleSeconds / count,
                Stopwatch.GetElapsedTime(0, Volatile.Read(ref _longestTicks)).TotalMilliseconds,
                Volatile.Read(ref _skipped));
        }
    }

    /// <summary>Copies the latest sample.</summary>
    /// <param name="values">Receives one value a metric; NaN where there is none.</param>
    /// <returns>Whether there is any sample yet.</returns>
    public bool TryReadLatest(Span<double> values) => _ring.TryReadLatest(values);

    /// <summary>The samples that are kept, oldest first.</summary>
    public HardwareSeries Read() => _ring.Read(_monitor, Period, Cost);

    /// <summary>Stops sampling; what was sampled can still be read.</summary>
    public void Stop()
    {
        _stopping.Set();
        _thread.Join();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop();
        _stopping.Dispose();
    }

    private void Run()
    {
        // Opened on this thread: the name stands for the thread that opens it.
        using var processorTime = KernelFile.TryOpen("/proc/thread-self/schedstat");
        var values = new double[_monitor.Metrics.Count];
        for (var due = _started; ; due += PeriodTicks)
        {
            var wait = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
            if (_stopping.WaitOne(wait > TimeSpan.Zero ? (int)Math.Ceiling(wait.TotalMilliseconds) : 0))
            {
                return;
            }
            var began = Stopwatch.GetTimestamp();
            for (; began - due >= PeriodTicks; due += PeriodTicks)
            {
                _skipped++;
            }
            _monitor.Sample(values);
            _ring.Add(Stopwatch.GetElapsedTime(_started, began).TotalMilliseconds, values);
            if (processorTime is not null)
            {
                Volatile.Write(ref _threadSeconds, new NumberText(processorTime.Read()).Number() / 1e9);
            }
            var ticks = Stopwatch.GetTimestamp() - began;
            Volatile.Write(ref _sampleTicks, _sampleTicks + ticks);
            Volatile.Write(ref _longestTicks, Math.Max(_longestTicks, ticks));
        }
    }

    private long PeriodTicks => (long)(Period.TotalSeconds * Stopwatch.Frequency);
}
