using System.Globalization;
using LatencyLab.Inference.Measurement.Hardware;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Inference.Sweeps.ColdStart;

/// <summary>
/// What may explain a cold start: every metric of the hardware monitor from before it (<c>before.</c>) and over it (<c>during.</c>),
/// and what is known of the cell (<c>cell.</c>). Single processors are left out: what all do together is there.
/// </summary>
internal sealed class ColdStartFeatures : IDisposable
{
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
        var features = new Dictionary<string, double>
        {
            ["cell.batch"] = cell.Batch,
            ["cell.inputPx"] = cell.InputPx,
            ["cell.inputBytes"] = sizeof(float) * cell.InputNumbers,
            ["cell.modelSizeBytes"] = variant.Facts.ModelSizeBytes,
            ["cell.threads"] = variant.Facts.Threads,
            ["cell.int8"] = variant.Options.Precision == Precisions.Int8 ? 1 : 0,
            ["cell.graphOptimization"] = Array.IndexOf(["disabled", "basic", "extended", "all"], variant.Options.GraphOptimization),
            ["cell.startsBefore"] = _starts++,
        };
        for (var i = 0; i < _monitor.Metrics.Count; i++)
        {
            var name = _monitor.Metrics[i].Name;
            if (!IsOneProcessor(name))
            {
                Add(features, "before." + name, _before[i]);
                Add(features, "during." + name, _during[i]);
            }
        }
        return features;
    }

    /// <inheritdoc/>
    public void Dispose() => _monitor.Dispose();

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
