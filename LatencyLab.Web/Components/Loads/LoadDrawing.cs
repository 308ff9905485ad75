using System.Globalization;
using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Measurement.Histograms;
using LatencyLab.Inference.Measurement.Load;
using LatencyLab.Web.Components.Charts;

namespace LatencyLab.Web.Components.Loads;

/// <summary>The curves of a load run.</summary>
internal static class LoadDrawing
{
    /// <summary>Percentiles that the axis names, and the table lists.</summary>
    private static readonly double[] Named = [0, 0.5, 0.9, 0.95, 0.99, 0.999, 0.9999];
    private const int Steps = 80;

    /// <summary>The percentiles of the table: those with enough samples.</summary>
    public static IReadOnlyList<double> Percentiles(LoadResult result) =>
        [.. Named.Where(p => p <= 0.5 || result.Samples >= Percentile.MinimumSamples(p))];

    /// <summary>A percentile's name.</summary>
    public static string NameOf(double p) => string.Create(CultureInfo.InvariantCulture, $"{100 * p:0.##}\u202f%");

    /// <summary>Latency by percentile, the rarest a decade apart each (the axis of G. Tene's HdrHistogram plots).</summary>
    /// <param name="result">The run.</param>
    /// <param name="withNaive">Whether to draw the naive latency too, which counts from when a request was really sent.</param>
    public static CurveChartData ByPercentile(LoadResult result, bool withNaive)
    {
        var percentiles = Percentiles(result);
        var end = Math.Max(Nines(percentiles[^1]), Nines(0.5));
        var y = new LinearAxis([result.Histograms.Latency.PercentileMs(percentiles[^1]) ?? 0]);
        return new CurveChartData
        {
            XTitle = "Percentile of the requests",
            YTitle = "Latency (ms)",
            // The 95th and the 90th would stand on each other.
            XTicks = [.. percentiles.Where(p => p != 0.95).Select(p => new AxisTick(Nines(p) / end, NameOf(p)))],
            YTicks = Ticks(y),
            Series =
            [
                Curve("From the intended start", 0, result.Histograms.Latency),
                .. withNaive ? [Curve("Naive: from the actual start", 1, result.Histograms.Naive)] : Array.Empty<CurveSeries>(),
            ],
        };

        CurveSeries Curve(string name, int color, LatencyHistogram histogram) => new(name, color, CurveStyle.Line,
        [
            .. Enumerable.Range(0, Steps + 1).Select(step => end * step / Steps).Select(nines => (Nines: nines, P: Math.Min(1 - Math.Pow(10, -nines), percentiles[^1])))
                .Where(_ => histogram.Count > 0)
                .Select(at => (at.Nines, at.P, Ms: histogram.PercentileMs(at.P)!.Value))
                .Select(at => new CurvePoint(at.Nines / end, y.PositionOf(at.Ms), $"{NameOf(at.P)} take {Figures.Ms(at.Ms)} at most")),
        ]);
    }

    /// <summary>The run second by second: median, and what percentiles a second has enough answers for, and the longest.</summary>
    public static CurveChartData OverTime(LoadResult result)
    {
        var x = new LinearAxis(result.Timeline.Select(point => point.SecondsFromStart));
        var y = new LinearAxis(result.Timeline.Select(point => point.MaxMs ?? 0));
        return new CurveChartData
        {
            XTitle = "Seconds since the measurement began",
            YTitle = "Latency (ms)",
            XTicks = Ticks(x),
            YTicks = Ticks(y),
            Series = [.. new[]
            {
                Curve("median", 0, point => point.P50Ms), Curve("p95", 1, point => point.P95Ms), Curve("p99", 2, point => point.P99Ms), Curve("longest", 5, point => point.MaxMs),
            }.Where(series => series.Points.Count > 0)],
        };

        CurveSeries Curve(string name, int color, Func<TimelinePoint, double?> of) => new(name, color, CurveStyle.Line,
        [
            .. result.Timeline.Where(point => of(point) is not null).Select(point => new CurvePoint(
                x.PositionOf(point.SecondsFromStart), y.PositionOf(of(point)!.Value),
                string.Create(CultureInfo.InvariantCulture, $"second {point.SecondsFromStart:0.#}: {Figures.Ms(of(point)!.Value)}"))),
        ]);
    }

    private static double Nines(double p) => -Math.Log10(1 - p);

    private static IReadOnlyList<AxisTick> Ticks(LinearAxis axis) =>
        [.. axis.Ticks.Select(tick => new AxisTick(axis.PositionOf(tick), tick.ToString("#,0.####", CultureInfo.InvariantCulture)))];
}
