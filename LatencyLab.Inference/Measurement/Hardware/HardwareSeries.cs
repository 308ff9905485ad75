namespace LatencyLab.Inference.Measurement.Hardware;

/// <summary>What the monitor saw over some time.</summary>
public sealed record HardwareSeries
{
    /// <summary>Time between samples, in milliseconds.</summary>
    public required double PeriodMs { get; init; }

    /// <summary>When each sample was taken, in milliseconds since sampling began.</summary>
    public required IReadOnlyList<double> TimesMs { get; init; }

    /// <summary>The metrics with one value for each time.</summary>
    public required IReadOnlyList<MetricSeries> Metrics { get; init; }

    /// <summary>What this machine does not tell, and why.</summary>
    public required IReadOnlyList<MissingMetric> Missing { get; init; }

    /// <summary>What monitoring itself cost.</summary>
    public required MonitorCost Cost { get; init; }
}

/// <summary>One metric over time.</summary>
public sealed record MetricSeries
{
    /// <summary>Stable name, see <see cref="HardwareMetric"/>.</summary>
    public required string Name { get; init; }

    /// <summary>Unit.</summary>
    public required string Unit { get; init; }

    /// <summary>One sentence for people.</summary>
    public required string Description { get; init; }

    /// <summary>Mean of the values that there are; null without any.</summary>
    public double? Mean { get; init; }

    /// <summary>Smallest value; null without any.</summary>
    public double? Min { get; init; }

    /// <summary>Largest value; null without any.</summary>
    public double? Max { get; init; }

    /// <summary>One value a time; null where there was none, as for rates in the first sample.</summary>
    public required IReadOnlyList<double?> Values { get; init; }

    internal static MetricSeries Of(HardwareMetric metric, double?[] values) => new()
    {
        Name = metric.Name,
        Unit = metric.Unit,
        Description = metric.Description,
        Mean = values.Average(),
        Min = values.Min(),
        Max = values.Max(),
        Values = values,
    };
}
