using LatencyLab.Inference.Measurement.Load;

namespace LatencyLab.Inference.Comparison;

/// <summary>What of a load run can be held against another one.</summary>
public static class LoadSeries
{
    private static readonly double[] Percentiles = [0.5, 0.95, 0.99];

    /// <summary>
    /// The latencies' percentiles as far as there are enough, from the intended start, with intervals that allow for requests being alike
    /// (<see cref="SampleDependence"/>). Open and closed loop are different measures.
    /// </summary>
    public static IReadOnlyList<MeasuredSeries> Of(LoadResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return [.. Percentiles.Select(p => Series(result, p)).Where(series => series.Percentile == 0.5 || series.ValueMs is not null)];
    }

    private static MeasuredSeries Series(LoadResult result, double p) => new()
    {
        VariantId = result.Target.VariantId,
        ModelId = result.Target.ModelId ?? "",
        Title = result.Target.VariantId,
        Measure = result.Mode == LoadMode.OpenLoop ? "open-loop latency" : "closed-loop latency",
        Samples = (int)Math.Min(result.Samples, int.MaxValue),
        Percentile = p,
        ValueMs = p == 0.5 ? result.Histograms.Latency.PercentileMs(p) : result.Histograms.Latency.PercentileOfEnoughMs(p),
        Ci95Ms = SampleDependence.IntervalMs(result, p),
    };
}
