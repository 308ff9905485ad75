using System.Globalization;
using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Measurement.Load;
using LatencyLab.Inference.Measurement.Load.Search;
using LatencyLab.Inference.Runtime;

namespace LatencyLab.Cli.Commands;

/// <summary>Load results as text.</summary>
internal static class LoadText
{
    private const string Blocks = "▁▂▃▄▅▆▇█";
    private const int TimelineWidth = 80;

    public static void Print(LoadResult result)
    {
        var table = Output.Table("latency", "p50 [95 %]", "p95 [95 %]", "p99 [95 %]", "mean", "longest");
        table.Row(
            "from the intended start", Ms(result.P50Ms, result.P50Ci95Ms, 0.5, result), Ms(result.P95Ms, result.P95Ci95Ms, 0.95, result),
            Ms(result.P99Ms, result.P99Ci95Ms, 0.99, result), Ms(result.MeanMs), Ms(result.MaxMs));
        table.Row("naive, from the send", Ms(result.NaiveP50Ms), Ms(result.NaiveP95Ms), Ms(result.NaiveP99Ms), "", "");
        Output.Print(table);
        var stages = Output.Table("stage", "p50", "mean", "share");
        foreach (var stage in result.Stages)
        {
            stages.Row(Name(stage.Stage), Ms(stage.P50Ms), Ms(stage.MeanMs), Text($"{100 * stage.MeanMs / result.MeanMs:0.0} %"));
        }
        Output.Print(stages);
        PrintTimeline(result.Timeline);
        Console.WriteLine(Rates(result));
        if (result.LeftOut is > 0 and var leftOut)
        {
            Console.WriteLine(Text($"- {leftOut:N0} recorded arrivals come after the measured {result.DurationMs / 1000:0.0} s and were left out; without --duration all are sent."));
        }
        foreach (var (kind, count) in result.Failures)
        {
            Console.WriteLine(Text($"- {count:N0} requests failed: {kind}"));
        }
        PrintRateLimit([result]);
        Console.WriteLine(Where(result.Target, result.Environment));
    }

    public static void Print(RateSearchResult result)
    {
        var table = Output.Table("rate", "verdict", "requests", "too slow", "p50", "p99", "naive p99", "measured");
        foreach (var trial in result.Trials)
        {
            table.Row(
                Text($"{trial.RatePerSecond:0.0}/s"), trial.Verdict.ToString().ToLowerInvariant(), Text($"{trial.Requests:N0}"), Text($"{trial.TooSlow:N0}"),
                Ms(trial.Result.P50Ms), Ms(trial.Result.P99Ms), Ms(trial.Result.NaiveP99Ms), Text($"{trial.Result.DurationMs / 1000:0.0} s"));
        }
        Output.Print(table);
        Console.WriteLine(result.RatePerSecond is { } rate
            ? Text($"p99 keeps {result.BoundMs:0.##} ms up to {rate:0.0} requests a second")
                + (result.FailedRatePerSecond is { } failed ? Text($", and not at {failed:0.0}.") : ".")
            : Text($"p99 kept {result.BoundMs:0.##} ms at none of the rates that were tried."));
        PrintRateLimit(result.Trials.Select(trial => trial.Result));
        Console.WriteLine(Where(result.Target, result.Environment));
    }

    /// <summary>Medians over time as a line of blocks, the highest block for the longest.</summary>
    private static void PrintTimeline(IReadOnlyList<TimelinePoint> timeline)
    {
        var points = timeline.Skip(timeline.Count - TimelineWidth).Select(point => point.P50Ms).ToArray();
        var highest = points.Max();
        if (highest is not > 0)
        {
            return;
        }
        var line = string.Concat(points.Select(p50 => p50 is { } ms ? Blocks[(int)Math.Min(Blocks.Length - 1, ms / highest.Value * Blocks.Length)] : ' '));
        Console.WriteLine(Text($"p50 second by second: {line}  up to {highest:0.00} ms"));
    }

    private static string Rates(LoadResult result)
    {
        var offered = result.OfferedRps is { } rps ? Text($"{result.Schedule} arrivals, {rps:0.0}/s offered, ") : Text($"{result.Callers} clients, ");
        var late = result.SendErrorP99Ms is { } ms ? Text($", send error p99 {ms:0.000} ms") : "";
        return offered + Text($"{result.AchievedRps:0.0}/s achieved, {result.Samples:N0} samples in {result.DurationMs / 1000:0.0} s, {result.Unsent:N0} unsent") + late;
    }

    /// <summary>Refusals that say nothing of the variant, and the setting behind them.</summary>
    private static void PrintRateLimit(IEnumerable<LoadResult> results)
    {
        if (results.Any(result => result.Failures.ContainsKey(LoadFailureKinds.RateLimited)))
        {
            Console.WriteLine("- " + HttpLoadTarget.RateLimitFix);
        }
    }

    /// <summary>The target and the processor, which of a service is not known: then it is the sender's.</summary>
    private static string Where(LoadTargetFacts target, EnvironmentFacts machine)
    {
        var what = target.VariantId + (target.ModelId is { } model ? $" of {model}" : "");
        var pictures = target.Pictures is { } names ? $"; picture: {string.Join(", ", names)}" : "";
        return target.Url is { } url
            ? Text($"{what} at {url}, sent from {machine.Cpu}, {machine.LogicalCores} cores{pictures}")
            : Text($"{what} in this process, {machine.Cpu}, {machine.LogicalCores} cores{pictures}");
    }

    /// <summary>A percentile with its interval, or how many samples it still needs.</summary>
    private static string Ms(double? ms, double[]? interval, double p, LoadResult result) => (ms, interval) switch
    {
        ({ } value, [var low, var high]) => Text($"{value:0.00} ms [{low:0.00}, {high:0.00}]"),
        _ => Text($"needs {Percentile.MinimumSamples(p) - result.Samples:N0} more"),
    };

    private static string Ms(double? ms) => ms is { } value ? Text($"{value:0.00} ms") : "";

    private static string Name(Stage stage) => stage.ToString().ToLowerInvariant();

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
