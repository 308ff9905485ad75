using System.Diagnostics.Metrics;
using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Measurement.Histograms;

namespace LatencyLab.Benchmarks;

/// <summary>Listens to classifications as an exporter of metrics does: finds the series by its labels and adds to its histogram.</summary>
internal sealed class ClassificationListener : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly List<(KeyValuePair<string, object?>[] Labels, LatencyHistogram Histogram)> _series = [];

    public ClassificationListener()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == ClassificationTelemetry.Name)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, seconds, labels, _) => Find(labels).RecordNs((long)(seconds * 1e9)));
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    private LatencyHistogram Find(ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        foreach (var (known, histogram) in _series)
        {
            if (labels.SequenceEqual(known))
            {
                return histogram;
            }
        }
        _series.Add((labels.ToArray(), new LatencyHistogram()));
        return _series[^1].Histogram;
    }
}
