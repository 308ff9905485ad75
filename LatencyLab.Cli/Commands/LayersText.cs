using System.Globalization;
using LatencyLab.Inference.Layers;

namespace LatencyLab.Cli.Commands;

/// <summary>Profiles and diffs as tables.</summary>
internal static class LayersText
{
    public static void Print(LayerProfile profile)
    {
        var table = Output.Table("#", "layer", "operator", "in", "p50", "share", "multiply-adds", "10⁹/s", "of peak", "bound by");
        foreach (var layer in profile.Layers)
        {
            table.Row(
                Text($"{layer.Index}"), layer.OriginalLayer ?? $"({layer.Name})", layer.OperatorType, Type(layer), Milliseconds(layer.P50Ms), Percent(layer.Share),
                layer.MultiplyAdds is { } count ? Text($"{count / 1e6:0.00} M") : "", layer.GigaOpsPerSecond is { } rate ? Text($"{rate:0.0}") : "",
                layer.ShareOfPeak is { } share ? Percent(share) : "", Bound(layer));
        }
        Output.Print(table);
        var operators = Output.Table("operator", "layers", "p50", "share");
        foreach (var share in profile.ByOperator)
        {
            operators.Row(share.OperatorType, Text($"{share.Count}"), Milliseconds(share.TotalMs), Percent(share.Share));
        }
        Output.Print(operators);
        PrintTotals(profile);
        PrintPeak(profile);
    }

    public static void Print(LayerDiff diff)
    {
        var (left, right) = (diff.Left.VariantId, diff.Right.VariantId);
        var table = Output.Table("layer", left, "", "of peak", right, "", "of peak", "difference", "ratio");
        foreach (var row in diff.Rows)
        {
            table.Row(
                row.OriginalLayer, Milliseconds(row.LeftMs), Of(row.Left), Share(row.Left), Milliseconds(row.RightMs), Of(row.Right), Share(row.Right),
                Text($"{row.DeltaMs:+0.000;-0.000} ms"), Ratio(row.Ratio));
        }
        foreach (var layer in diff.UnmatchedLeft)
        {
            table.Row($"({layer.Name})", Milliseconds(layer.P50Ms), Of(layer), Share(layer), "", "", "", Text($"{-layer.P50Ms:+0.000;-0.000} ms"), "");
        }
        foreach (var layer in diff.UnmatchedRight)
        {
            table.Row($"({layer.Name})", "", "", "", Milliseconds(layer.P50Ms), Of(layer), Share(layer), Text($"{layer.P50Ms:+0.000;-0.000} ms"), "");
        }
        Output.Print(table);
        var operators = Output.Table("operator", left, right, "ratio");
        foreach (var row in diff.ByOperator)
        {
            operators.Row(row.OperatorType, Milliseconds(row.LeftMs), Milliseconds(row.RightMs), Ratio(row.Ratio));
        }
        Output.Print(operators);
        foreach (var insight in diff.Insights)
        {
            Console.WriteLine($"- {insight.Text}");
        }
        PrintTotals(diff.Left);
        PrintTotals(diff.Right);
        PrintPeak(diff.Right);
    }

    /// <summary>What profiling adds, and what the layers do not account for, is said.</summary>
    private static void PrintTotals(LayerProfile profile) => Console.WriteLine(Text(
        $"{profile.ModelId} {profile.VariantId}: {profile.Layers.Count(layer => layer.RunsInInt8)} of {profile.Layers.Count} layers in INT8; inference p50 {profile.InferenceP50Ms:0.000} ms, {profile.ProfiledP50Ms:0.000} ms while profiled, sum of layers {profile.LayersMs:0.000} ms; {profile.Runs} runs on {profile.Threads} thread(s)"));

    private static void PrintPeak(LayerProfile profile)
    {
        if (profile.Peak is { } peak)
        {
            Console.WriteLine(Text(
                $"Peak of {profile.Environment.Cpu} with {peak.Threads} thread(s): {peak.Fp32GigaMultiplyAddsPerSecond:0} · 10⁹ multiply-adds/s in FP32, {peak.Int8GigaMultiplyAddsPerSecond:0} in INT8 by {profile.Environment.Int8Path}, memory {peak.MemoryGigabytesPerSecond:0.0} GB/s"));
        }
    }

    private static string Type(LayerTime layer) => layer.RunsInInt8 ? "INT8" : layer.OutputType;

    private static string Bound(LayerTime layer) => layer.Bound switch
    {
        LayerBound.Compute => "compute",
        LayerBound.Memory => "memory",
        _ => "",
    };

    private static string Of(LayerTime? layer) => layer is null ? "" : $"{layer.OperatorType} {Type(layer)}";

    private static string Share(LayerTime? layer) => layer?.ShareOfPeak is { } share ? Percent(share) : "";

    private static string Ratio(double? ratio) => ratio is { } value ? Text($"{value:0.00}×") : "";

    private static string Milliseconds(double ms) => Text($"{ms:0.000} ms");

    private static string Percent(double share) => Text($"{100 * share:0.0} %");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
