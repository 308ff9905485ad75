using System.Diagnostics.Metrics;

namespace LatencyLab.Web.Telemetry;

/// <summary>All series of one instrument.</summary>
internal sealed class PrometheusInstrument
{
    /// <summary>Labels that come from outside, such as a route, must not fill the memory.</summary>
    private const int MaxSeries = 1000;

    /// <summary>For instruments that advise none, in seconds.</summary>
    private static readonly double[] SecondBounds =
        [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly Lock _lock = new();
    private readonly double[] _bounds;
    private PrometheusSeries[] _series = [];

    public PrometheusInstrument(Instrument instrument)
    {
        Name = PrometheusNames.Metric(instrument);
        Help = instrument.Description ?? instrument.Name;
        Type = PrometheusNames.Type(instrument);
        IsObservable = instrument.IsObservable;
        _bounds = Type == PrometheusNames.Histogram ? [.. (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries ?? SecondBounds] : [];
    }

    public string Name { get; }

    public string Help { get; }

    public string Type { get; }

    private bool IsObservable { get; }

    public IReadOnlyList<double> Bounds => _bounds;

    public IReadOnlyList<PrometheusSeries> Series => Volatile.Read(ref _series);

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if ((Find(tags) ?? Add(tags)) is not { } series)
        {
            return;
        }
        if (_bounds.Length > 0)
        {
            series.Observe(value);
        }
        else if (IsObservable)
        {
            series.Set(value);
        }
        else
        {
            series.Add(value);
        }
    }

    private PrometheusSeries? Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var series in Volatile.Read(ref _series))
        {
            if (series.Has(tags))
            {
                return series;
            }
        }
        return null;
    }

    private PrometheusSeries? Add(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_lock)
        {
            if (Find(tags) is { } known)
            {
                return known;
            }
            if (_series.Length >= MaxSeries)
            {
                return null;
            }
            var added = new PrometheusSeries(tags.ToArray(), _bounds);
            Volatile.Write(ref _series, [.. _series, added]);
            return added;
        }
    }
}
