using System.CommandLine;
using System.Globalization;
using LatencyLab.Inference.Frontier;

namespace LatencyLab.Cli.Commands;

/// <summary><c>latencylab models frontier [--base ID] [--only A,B] [--rounds N]</c></summary>
internal static class FrontierCommand
{
    public static Command Create()
    {
        var common = new CommonOptions();
        var baseModel = new Option<string?>("--base") { Description = "Model that the others are held against; the configured default without it." };
        var only = new Option<string?>("--only") { Description = "Models to measure beside the base, separated by commas; all with the base's labels without it." };
        var rounds = new Option<int>("--rounds") { Description = "Measured rounds, 1 to 1000.", DefaultValueFactory = _ => 30 };
        var command = new Command("frontier", "Measures accuracy against latency of all models that share a task, in every precision, on one thread.")
        {
            baseModel, only, rounds,
        };
        common.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var values = common.Read(parsed);
            await using var laboratory = new Laboratory(values);
            var request = new FrontierRequest
            {
                BaseModelId = laboratory.Model(parsed.GetValue(baseModel)).Id,
                ModelIds = parsed.GetValue(only) is { } text ? Models(laboratory, text) : null,
                Rounds = InRange(parsed.GetValue(rounds)),
            };
            var result = await Output.WithProgressAsync("measuring", values.Json, progress =>
                laboratory.Get<FrontierMeasurement>().RunAsync(request, progress, cancellationToken));
            if (values.Json)
            {
                Output.Json(result);
            }
            else
            {
                Print(result);
            }
            return result.Problems.Count == 0 ? 0 : 1;
        });
        return command;
    }

    private static string[] Models(Laboratory laboratory, string text) =>
        [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(id => laboratory.Model(id).Id)];

    private static int InRange(int rounds) => rounds is >= 1 and <= FrontierRequest.MaxRounds
        ? rounds
        : throw new UsageException($"--rounds must be 1 to {FrontierRequest.MaxRounds}, not {rounds}.");

    private static void Print(FrontierResult result)
    {
        var table = Output.Table("model", "variant", "precision", "top-1", "drop", "inference p50", "speedup [95 %]", "size", "frontier");
        foreach (var row in result.Rows)
        {
            table.Row(
                row.ModelId, row.VariantId, row.Precision, row.Top1 is { } top1 ? Text($"{100 * top1:0.00} %") : "not stated",
                row.DropPoints is { } drop ? Text($"{drop:0.00} points") : "", Text($"{row.InferenceP50Ms:0.000} ms"),
                Text($"{row.Speedup.Value:0.00}× [{row.Speedup.Ci95[0]:0.00}, {row.Speedup.Ci95[1]:0.00}]"), Text($"{row.SizeBytes / 1e6:0.0} MB"),
                row.OnFrontier ? "yes" : "");
        }
        Output.Print(table);
        foreach (var problem in result.Problems)
        {
            Console.Error.WriteLine($"latencylab: {problem.ReplaceLineEndings(" ")}");
        }
        var environment = result.Environment;
        Console.WriteLine(Text(
            $"against {result.BaseModelId} control, batch 1, one thread, {result.Rounds} rounds, {environment.Cpu}, INT8 by {environment.Int8Path}, {environment.Runtime} {environment.RuntimeVersion}"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
