using LatencyLab.Inference.Sweeps;
using LatencyLab.Web.Components.Charts;

namespace LatencyLab.Web.Components.Sweeps;

/// <summary>The curves of a sweep at one input size: one colour a variant, in the sweep's order.</summary>
internal static class SweepDrawing
{
    /// <summary>Draws one of them.</summary>
    /// <param name="result">The sweep.</param>
    /// <param name="curve">Which.</param>
    /// <param name="inputPx">The input size.</param>
    /// <param name="batch">The batch size, where the curve is not over batches.</param>
    public static CurveChartData Of(SweepResult result, SweepCurve curve, int inputPx, int batch)
    {
        var cells = result.Cells.Where(cell => cell.InputPx == inputPx && cell.P50Ms is not null).ToLookup(cell => cell.VariantId);
        return curve switch
        {
            SweepCurve.Latency => Latency(result, cells, inputPx),
            SweepCurve.Throughput => Throughput(result, cells),
            _ => WarmUp(result, cells, batch),
        };
    }

    /// <summary>Cold start, then the runs until the time settled.</summary>
    public static double[] StartOf(SweepCell cell) => [.. cell.ColdStartMs is { } cold ? [cold, .. cell.WarmupMs] : cell.WarmupMs];

    /// <summary>A run of <see cref="StartOf"/> in words.</summary>
    public static string RunName(int run) => run == 0 ? "Cold start" : $"Warm-up run {Figures.Count(run)}";

    private static CurveChartData Latency(SweepResult result, ILookup<string, SweepCell> cells, int inputPx)
    {
        var (x, y) = Axes(cells, cell => cell.P50Ms!.Value);
        return Chart("Batch size (pictures a run)", "Median (ms)", x, y,
        [
            .. Curves(result, cells, x, y, CurveStyle.Marks, cell => cell.P50Ms!.Value, Figures.Ms),
            .. result.Variants.SelectMany((variant, color) => result.Fits
                .Where(fit => fit.VariantId == variant.Id && fit.InputPx == inputPx)
                .Select(fit => new CurveSeries(
                    $"{variant.Title}, fitted line", color, CurveStyle.Dashed,
                    [.. fit.Residuals.Select(residual => new CurvePoint(
                        x.PositionOf(residual.Batch), y.PositionOf(residual.PredictedMs), $"Batch {Figures.Count(residual.Batch)}: {Figures.Ms(residual.PredictedMs)} predicted"))]))),
        ]);
    }

    private static CurveChartData Throughput(SweepResult result, ILookup<string, SweepCell> cells)
    {
        var (x, y) = Axes(cells, cell => cell.ThroughputPerSecond!.Value);
        return Chart(
            "Batch size (pictures a run)", "Pictures a second", x, y,
            Curves(result, cells, x, y, CurveStyle.Marked, cell => cell.ThroughputPerSecond!.Value, value => $"{Figures.Significant(value)} pictures a second"));
    }

    private static CurveChartData WarmUp(SweepResult result, ILookup<string, SweepCell> cells, int batch)
    {
        var starts = result.Variants.Select((variant, color) => (variant.Title, Color: color, Ms: cells[variant.Id].Where(cell => cell.Batch == batch).SelectMany(StartOf).ToArray())).ToArray();
        var x = new LinearAxis(starts.Select(start => start.Ms.Length - 1.0));
        var y = new LogAxis(starts.SelectMany(start => start.Ms));
        return new CurveChartData
        {
            XTitle = "Run (0 is the cold start)",
            YTitle = "Time (ms, logarithmic)",
            // A run is a whole one.
            XTicks = [.. x.Ticks.Where(double.IsInteger).Select(tick => Tick(x.PositionOf(tick), tick))],
            YTicks = [.. y.Ticks.Select(tick => Tick(y.PositionOf(tick), tick))],
            Series = [.. starts.Select(start => new CurveSeries(
                start.Title, start.Color, CurveStyle.Marked,
                [.. start.Ms.Select((ms, run) => new CurvePoint(x.PositionOf(run), y.PositionOf(ms), $"{RunName(run)}: {Figures.Ms(ms)}"))]))],
        };
    }

    private static (LinearAxis X, LinearAxis Y) Axes(ILookup<string, SweepCell> cells, Func<SweepCell, double> value)
    {
        SweepCell[] all = [.. cells.SelectMany(group => group)];
        return (new LinearAxis(all.Select(cell => (double)cell.Batch)), new LinearAxis(all.Select(value)));
    }

    private static IReadOnlyList<CurveSeries> Curves(
        SweepResult result, ILookup<string, SweepCell> cells, LinearAxis x, LinearAxis y, CurveStyle style, Func<SweepCell, double> value, Func<double, string> text) =>
        [.. result.Variants.Select((variant, color) => new CurveSeries(
            variant.Title, color, style,
            [.. cells[variant.Id].OrderBy(cell => cell.Batch).Select(cell => new CurvePoint(
                x.PositionOf(cell.Batch), y.PositionOf(value(cell)), $"Batch {Figures.Count(cell.Batch)}: {text(value(cell))}"))]))];

    private static CurveChartData Chart(string xTitle, string yTitle, LinearAxis x, LinearAxis y, IReadOnlyList<CurveSeries> series) => new()
    {
        XTitle = xTitle,
        YTitle = yTitle,
        XTicks = [.. x.Ticks.Select(tick => Tick(x.PositionOf(tick), tick))],
        YTicks = [.. y.Ticks.Select(tick => Tick(y.PositionOf(tick), tick))],
        Series = series,
    };

    private static AxisTick Tick(double at, double value) =>
        new(at, value.ToString("#,0.####", System.Globalization.CultureInfo.InvariantCulture));
}
