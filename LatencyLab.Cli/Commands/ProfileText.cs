using System.Globalization;
using LatencyLab.Inference.Sweeps;

namespace LatencyLab.Cli.Commands;

/// <summary>A profile as tables.</summary>
internal static class ProfileText
{
    public static void Print(SweepResult result)
    {
        var cells = Output.Table("variant", "input", "batch", "p50", "95 % interval", "pictures/s", "peak memory", "arena", "cold start", "warm-up", "samples");
        foreach (var cell in result.Cells)
        {
            cells.Row(
                cell.VariantId, Text($"{cell.InputPx} px"), Text($"{cell.Batch}"), Milliseconds(cell.P50Ms) is { Length: > 0 } p50 ? p50 : cell.Failure ?? "",
                cell.Ci95Ms is [var low, var high] ? Text($"{low:0.000}–{high:0.000} ms") : "", cell.ThroughputPerSecond is { } rate ? Text($"{rate:0.0}") : "",
                Megabytes(cell.PeakMemoryBytes), Megabytes(cell.ArenaBytes), Milliseconds(cell.ColdStartMs), Text($"{cell.WarmupMs.Count} runs"),
                Text($"{cell.Samples}"));
        }
        Output.Print(cells);
        var fits = Output.Table("variant", "input", "fixed", "each picture", "R²", "largest residual");
        foreach (var fit in result.Fits)
        {
            fits.Row(
                fit.VariantId, Text($"{fit.InputPx} px"), Milliseconds(fit.FixedMs), Milliseconds(fit.PerPictureMs), Text($"{fit.R2:0.0000}"),
                Text($"{fit.Residuals.Max(residual => Math.Abs(residual.Share)):0.0 %}"));
        }
        Output.Print(fits);
        Console.Out.WriteLine($"Cold start: {result.ColdStart.Verdict}");
        foreach (var feature in result.ColdStart.Features)
        {
            Console.Out.WriteLine(Text($"  {feature.Name,-36} {feature.Unit,-8} {feature.Importance:0.000} ± {feature.Deviation:0.000}  {feature.Description}").TrimEnd());
        }
        foreach (var note in result.Notes)
        {
            Console.Out.WriteLine(note);
        }
    }

    private static string Megabytes(long? bytes) => bytes is { } number ? Text($"{number / 1e6:0.0} MB") : "";

    private static string Milliseconds(double? value) => value is { } number ? Text($"{number:0.000} ms") : "";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
