using System.Diagnostics.Metrics;
using System.Text;

namespace LatencyLab.Web.Telemetry;

/// <summary>OpenTelemetry's names in Prometheus' alphabet, by OpenTelemetry's own compatibility rules.</summary>
internal static class PrometheusNames
{
    public const string Histogram = "histogram";
    public const string Counter = "counter";
    public const string Gauge = "gauge";

    /// <summary>The metric's name: underscores for dots, the unit behind it, <c>_total</c> behind a counter's.</summary>
    public static string Metric(Instrument instrument)
    {
        var unit = instrument.Unit switch
        {
            "s" => "_seconds",
            "ms" => "_milliseconds",
            "By" => "_bytes",
            // Annotations such as {request} are no units.
            _ => "",
        };
        var name = Label(instrument.Name);
        return (name.EndsWith(unit, StringComparison.Ordinal) ? name : name + unit) + (Type(instrument) == Counter ? "_total" : "");
    }

    /// <summary>The metric's type.</summary>
    public static string Type(Instrument instrument) => instrument.GetType().Name switch
    {
        var name when name.StartsWith("Histogram", StringComparison.Ordinal) => Histogram,
        var name when name.StartsWith("Counter", StringComparison.Ordinal) || name.StartsWith("ObservableCounter", StringComparison.Ordinal) => Counter,
        _ => Gauge,
    };

    /// <summary>A name with underscores for all that is neither letter, digit nor underscore; never beginning with a digit.</summary>
    public static string Label(string name)
    {
        var text = new StringBuilder(name.Length + 1);
        foreach (var letter in name)
        {
            text.Append(char.IsAsciiLetterOrDigit(letter) ? letter : '_');
        }
        return text.Length > 0 && char.IsAsciiDigit(text[0]) ? "_" + text : text.ToString();
    }
}
