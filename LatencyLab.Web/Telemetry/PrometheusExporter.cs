using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using LatencyLab.Inference.Measurement;

namespace LatencyLab.Web.Telemetry;

/// <summary>Listens to the application's instruments and writes them in Prometheus' text format 0.0.4.</summary>
internal sealed class PrometheusExporter : IHostedService, IDisposable
{
    /// <summary>The format's media type.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private static readonly string[] Meters = [ClassificationTelemetry.Name, "Microsoft.AspNetCore.Hosting", "System.Runtime"];

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, PrometheusInstrument> _instruments = new();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (Meters.Contains(instrument.Meter.Name))
            {
                // Two applications in one process have instruments of the same name.
                listener.EnableMeasurementEvents(instrument, _instruments.GetOrAdd(PrometheusNames.Metric(instrument), _ => new PrometheusInstrument(instrument)));
            }
        };
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, state) => ((PrometheusInstrument)state!).Record(value, tags));
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, state) => ((PrometheusInstrument)state!).Record(value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, state) => ((PrometheusInstrument)state!).Record(value, tags));
        _listener.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _listener.Dispose();

    /// <summary>All series as they are now.</summary>
    public string Scrape()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var instrument in _instruments.Values.Where(instrument => instrument.Series.Count > 0).OrderBy(instrument => instrument.Name, StringComparer.Ordinal))
        {
            text.Append("# HELP ").Append(instrument.Name).Append(' ').Append(Escape(instrument.Help, quote: false)).Append('\n');
            text.Append("# TYPE ").Append(instrument.Name).Append(' ').Append(instrument.Type).Append('\n');
            foreach (var series in instrument.Series)
            {
                Write(text, instrument, series);
            }
        }
        return text.ToString();
    }

    private static void Write(StringBuilder text, PrometheusInstrument instrument, PrometheusSeries series)
    {
        var (sum, buckets) = series.Read();
        var labels = string.Join(',', series.Tags.Select(tag =>
            $"{PrometheusNames.Label(tag.Key)}=\"{Escape(Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? "", quote: true)}\""));
        if (instrument.Type != PrometheusNames.Histogram)
        {
            Line(text, instrument.Name, labels, sum);
            return;
        }
        var separator = labels.Length > 0 ? "," : "";
        var count = 0L;
        for (var index = 0; index < buckets.Length; index++)
        {
            count += buckets[index];
            var end = index < instrument.Bounds.Count ? Number(instrument.Bounds[index]) : "+Inf";
            Line(text, instrument.Name + "_bucket", $"{labels}{separator}le=\"{end}\"", count);
        }
        Line(text, instrument.Name + "_sum", labels, sum);
        Line(text, instrument.Name + "_count", labels, count);
    }

    private static void Line(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }
        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string Escape(string text, bool quote)
    {
        var escaped = text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);
        return quote ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }
}
