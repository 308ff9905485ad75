using LatencyLab.Inference.Measurement.Hardware;

namespace LatencyLab.Web.Components.Monitor;

/// <summary>Metrics that belong together.</summary>
/// <param name="Title">For people.</param>
/// <param name="Metrics">The metrics with their places among all.</param>
public sealed record MonitorGroup(string Title, IReadOnlyList<(HardwareMetric Metric, int Index)> Metrics)
{
    private const string Busy = ".busy";

    /// <summary>All metrics in groups. Of a single processor only how busy it is: the rest is in the sum, and in the API.</summary>
    public static IReadOnlyList<MonitorGroup> Of(IReadOnlyList<HardwareMetric> metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        return [.. metrics
            .Select((metric, index) => (Metric: metric, Index: index))
            .Where(one => !IsOneProcessor(one.Metric.Name) || one.Metric.Name.EndsWith(Busy, StringComparison.Ordinal))
            .GroupBy(one => TitleOf(one.Metric.Name))
            .Select(group => new MonitorGroup(group.Key, [.. group]))];
    }

    private static bool IsOneProcessor(string name) => name.StartsWith("cpu", StringComparison.Ordinal) && name.Length > 3 && char.IsAsciiDigit(name[3]);

    private static string TitleOf(string name) => name.Split('.')[0] switch
    {
        "memory" => "Memory of the machine",
        "process" => "This process",
        "runtime" => ".NET runtime",
        "disk" => "Disks",
        "network" => "Network",
        var of when of.StartsWith("gpu", StringComparison.Ordinal) => of.ToUpperInvariant(),
        _ => "Processors",
    };
}
