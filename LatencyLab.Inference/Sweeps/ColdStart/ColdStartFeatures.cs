using System.Globalization;
using LatencyLab.Inference.Measurement.Hardware;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Inference.Sweeps.ColdStart;

/// <summary>
/// What may explain a cold start: every metric of the hardware monitor from before it (<c>before.</c>) and over it (<c>during.</c>),
/// and what is known of the cell (<c>cell.</c>). Single processors are left out: what all do together is there.
/// </summary>
internal sealed class ColdStartFeatures : IDisposable
{
    private const string BeforePrefix = "before.";
    private const string DuringPrefix = "during.";
    private const string CellPrefix = "cell.";

    private readonly HardwareMonitor _monitor = HardwareMonitor.Create();
    private readonly double[] _before;
    private readonly double[] _during;
    private int _starts;

    public ColdStartFeatures()
    {
        _before = new double[_monitor.Metrics.Count];
        _during = new double[_monitor.Metrics.Count];
        // The first sample has no rates.
        _monitor.Sample(_before);
    }

    /// <summary>Looks at the machine before a cold start: rates are over the time since the last look.</summary>
    public void Before() => _monitor.Sample(_before);

    /// <summary>Looks again after it, and puts everything together.</summary>
    public Dictionary<string, double> After(CellKey cell, Variant variant)
    {
        _monitor.Sample(_during);
        var features = CellFeature.All.ToDictionary(feature => CellPrefix + feature.Name, feature => feature.Of(cell, variant, _starts));
        _starts++;
        for (var i = 0; i < _monitor.Metrics.Count; i++)
        {
            var name = _monitor.Metrics[i].Name;
            if (!IsOneProcessor(name))
            {
                Add(features, BeforePrefix + name, _before[i]);
                Add(features, DuringPrefix + name, _during[i]);
            }
        }
        return features;
    }

    /// <summary>An explanation whose features say their units and what they are, as far as this machine knows them.</summary>
    public ColdStartExplanation Describe(ColdStartExplanation explanation) => explanation with
    {
        Features = [.. explanation.Features.Select(feature =>
        {
            var (unit, description) = CatalogueEntry(feature.Name);
            return feature with { Unit = unit, Description = description };
        })],
    };

    /// <inheritdoc/>
    public void Dispose() => _monitor.Dispose();

    private (string? Unit, string? Description) CatalogueEntry(string feature)
    {
        if (feature.StartsWith(CellPrefix, StringComparison.Ordinal))
        {
            var known = CellFeature.All.FirstOrDefault(cell => cell.Name == feature[CellPrefix.Length..]);
            return (known?.Unit, known?.Description);
        }
        var name = feature[(feature.IndexOf('.', StringComparison.Ordinal) + 1)..];
        var metric = _monitor.Metrics.FirstOrDefault(metric => metric.Name == name);
        return (metric?.Unit, metric?.Description);
    }

    private static bool IsOneProcessor(string name) => name.StartsWith("cpu", StringComparison.Ordinal)
        && int.TryParse(name.AsSpan(3, name.IndexOf('.', StringComparison.Ordinal) - 3), CultureInfo.InvariantCulture, out _);

    private static void Add(Dictionary<string, double> features, string name, double value)
    {
        if (double.IsFinite(value))
        {
            features[name] = value;
        }
    }
}
