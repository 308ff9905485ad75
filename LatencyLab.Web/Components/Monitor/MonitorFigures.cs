using System.Globalization;
using LatencyLab.Inference.Measurement.Hardware;

namespace LatencyLab.Web.Components.Monitor;

/// <summary>What the monitor's panel says.</summary>
public static class MonitorFigures
{
    private const string Unknown = "–";

    /// <summary>A value with its unit.</summary>
    public static string Of(HardwareMetric metric, double? value)
    {
        ArgumentNullException.ThrowIfNull(metric);
        return value is not { } number
            ? Unknown
            : metric.Unit switch
            {
                "bytes" => Figures.Bytes((long)number),
                "bytes/s" => Figures.Bytes((long)number) + "/s",
                "%" => string.Create(CultureInfo.InvariantCulture, $"{number:0.0}\u2009%"),
                "1/s" => $"{Figures.Large(number)}/s",
                "0/1" => number > 0 ? "yes" : "no",
                "count" => number.ToString("#,0.##", CultureInfo.InvariantCulture),
                var unit => string.Create(CultureInfo.InvariantCulture, $"{number:#,0.#}\u2009{unit}"),
            };
    }

    /// <summary>What monitoring itself costs.</summary>
    public static string Of(MonitorCost cost)
    {
        ArgumentNullException.ThrowIfNull(cost);
        return string.Create(CultureInfo.InvariantCulture,
            $"Monitoring itself takes {100 * cost.ShareOfOneCore:0.00}\u2009% of one core, {cost.MeanSampleMs:0.00}\u2009ms a sample{(cost.Skipped > 0 ? $"; {cost.Skipped} samples were skipped" : "")}.");
    }
}
