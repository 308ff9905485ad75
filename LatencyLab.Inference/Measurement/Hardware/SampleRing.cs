namespace LatencyLab.Inference.Measurement.Hardware;

/// <summary>The latest samples, in memory of fixed size; one writer, any number of readers.</summary>
internal sealed class SampleRing(int metrics, int capacity)
{
    private readonly Lock _lock = new();
    private readonly double[] _values = new double[metrics * capacity];
    private readonly double[] _timesMs = new double[capacity];
    private long _count;

    /// <summary>Samples ever added.</summary>
    public long Count
    {
        get
        {
            lock (_lock)
            {
                return _count;
            }
        }
    }

    /// <summary>Adds a sample; allocates nothing.</summary>
    public void Add(double timeMs, ReadOnlySpan<double> values)
    {
        lock (_lock)
        {
            var place = (int)(_count % capacity);
            _timesMs[place] = timeMs;
            values.CopyTo(_values.AsSpan(place * metrics, metrics));
            _count++;
        }
    }

    /// <summary>Copies the latest sample; false where there is none.</summary>
    public bool TryReadLatest(Span<double> values)
    {
        lock (_lock)
        {
            if (_count == 0)
            {
                return false;
            }
            _values.AsSpan((int)((_count - 1) % capacity) * metrics, metrics).CopyTo(values);
            return true;
        }
    }

    /// <summary>All samples that are kept, oldest first.</summary>
    public HardwareSeries Read(HardwareMonitor monitor, TimeSpan period, MonitorCost cost)
    {
        lock (_lock)
        {
            var kept = (int)Math.Min(_count, capacity);
            var first = _count - kept;
            var timesMs = new double[kept];
            var values = new double?[metrics][];
            for (var metric = 0; metric < metrics; metric++)
            {
                values[metric] = new double?[kept];
            }
            for (var i = 0; i < kept; i++)
            {
                var place = (int)((first + i) % capacity);
                timesMs[i] = _timesMs[place];
                for (var metric = 0; metric < metrics; metric++)
                {
                    var value = _values[(place * metrics) + metric];
                    values[metric][i] = double.IsNaN(value) ? null : value;
                }
            }
            return new HardwareSeries
            {
                PeriodMs = period.TotalMilliseconds,
                TimesMs = timesMs,
                Metrics = [.. monitor.Metrics.Select((metric, index) => MetricSeries.Of(metric, values[index]))],
                Missing = monitor.Missing,
                Cost = cost,
            };
        }
    }
}
