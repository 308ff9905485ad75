using System.Globalization;
using LatencyLab.Inference.Frontier;

namespace LatencyLab.Web.Components.Charts;

/// <summary>Lays a measured frontier out for its chart.</summary>
public static class FrontierDrawing
{
    private const double MinRadiusPx = 5;
    private const double MaxRadiusPx = 18;

    /// <summary>The chart of all rows whose accuracy is known.</summary>
    /// <param name="frontier">What was measured.</param>
    /// <param name="titleOf">A model's name for people.</param>
    public static FrontierChartData Of(FrontierResult frontier, Func<string, string> titleOf)
    {
        ArgumentNullException.ThrowIfNull(frontier);
        var rows = frontier.Rows.Where(row => row.Top1 is not null).ToArray();
        var axis = new LogAxis(rows.Select(row => row.InferenceP50Ms));
        var low = rows.Select(row => row.Top1!.Value * 100).DefaultIfEmpty(0).Min();
        var high = rows.Select(row => row.Top1!.Value * 100).DefaultIfEmpty(100).Max();
        // Room for the largest circle above and below.
        var room = Math.Max(1, (high - low) * 0.2);
        var largest = rows.Select(row => row.SizeBytes).DefaultIfEmpty(1).Max();
        return new FrontierChartData
        {
            XTitle = "milliseconds of inference, median (logarithmic)",
            YTitle = "top-1, %",
            XTicks = [.. axis.Ticks.Select(tick => new AxisTick(axis.PositionOf(tick), tick.ToString("#,0.####", CultureInfo.InvariantCulture)))],
            YMin = Math.Floor(low - room),
            YMax = Math.Min(100, Math.Ceiling(high + room)),
            Points = [.. rows.Select(row => new FrontierPoint(
                NameOf(row, titleOf), row.Precision, axis.PositionOf(row.InferenceP50Ms), row.Top1!.Value * 100,
                RadiusOf(row.SizeBytes, largest), row.OnFrontier,
                [
                    $"{Figures.Ms(row.InferenceP50Ms)}, {SpeedupOf(row)}", $"top-1 {Figures.Accuracy(row.Top1!.Value)}{DropOf(row)}",
                    Figures.Bytes(row.SizeBytes),
                ]))],
        };
    }

    /// <summary>A configuration's name: the model's, and how it is run.</summary>
    public static string NameOf(FrontierRow row, Func<string, string> titleOf)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(titleOf);
        return $"{titleOf(row.ModelId)}, {row.VariantId}";
    }

    private static string SpeedupOf(FrontierRow row) => $"{Figures.Ratio(row.Speedup.Value)} as fast as the base";

    private static string DropOf(FrontierRow row) => row.DropPoints switch
    {
        null => "",
        > 0.005 and var drop => $", {drop.ToString("0.00", CultureInfo.InvariantCulture)} points below the base",
        < -0.005 and var gain => $", {(-gain).ToString("0.00", CultureInfo.InvariantCulture)} points above the base",
        _ => ", as the base",
    };

    private static double RadiusOf(long bytes, long largest) =>
        MinRadiusPx + (MaxRadiusPx - MinRadiusPx) * Math.Sqrt((double)bytes / Math.Max(largest, 1));
}
