using System.CommandLine;
using System.Globalization;
using LatencyLab.Inference.Comparison;
using LatencyLab.Inference.Imaging;

namespace LatencyLab.Cli.Commands;

/// <summary><c>latencylab compare PICTURE</c></summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        var common = new CommonOptions();
        var picture = new Argument<FileInfo>("picture") { Description = "JPEG, PNG, WebP or GIF file." };
        var model = new Option<string?>("--model") { Description = "Identifier of the model; the configured default without it." };
        var variants = new Option<string[]?>("--variant") { Description = "Variant to compare; may be given several times; all without it." };
        var mode = new Option<ComparisonMode>("--mode") { Description = "isolated: variants take turns; race: all at once.", DefaultValueFactory = _ => ComparisonMode.Isolated };
        var rounds = new Option<int>("--rounds") { Description = "Measured rounds, 1 to 1000.", DefaultValueFactory = _ => 30 };
        var warmup = new Option<int>("--warmup") { Description = "Rounds before the measured ones, 0 to 100.", DefaultValueFactory = _ => 5 };
        var command = new Command("compare", "Runs one picture through several variants of a model and shows where the time goes.")
        {
            picture, model, variants, mode, rounds, warmup,
        };
        common.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var values = common.Read(parsed);
            await using var laboratory = new Laboratory(values);
            var encoded = await File.ReadAllBytesAsync(parsed.GetValue(picture)!.FullName, cancellationToken);
            var facts = ImageFactsReader.Read(laboratory.Get<IImageDecoder>(), encoded, parsed.GetValue(picture)!.Name);
            var modelId = laboratory.Model(parsed.GetValue(model)).Id;
            var wanted = parsed.GetValue(variants) is { Length: > 0 } ids ? ids : null;
            var request = new ComparisonRequest
            {
                Encoded = encoded,
                Image = facts,
                Variants = await laboratory.LoadAsync(modelId, wanted, cancellationToken),
                Mode = parsed.GetValue(mode),
                Rounds = InRange(parsed.GetValue(rounds), 1, ComparisonRequest.MaxRounds, "--rounds"),
                WarmupRounds = InRange(parsed.GetValue(warmup), 0, ComparisonRequest.MaxWarmupRounds, "--warmup"),
            };
            var result = await Output.WithProgressAsync("comparing", values.Json, progress =>
                laboratory.Get<ComparisonRunner>().RunAsync(request, new ShareOfRounds(progress), cancellationToken));
            if (values.Json)
            {
                Output.Json(result);
            }
            else
            {
                Print(result);
            }
            return result.Variants.All(variant => variant.Failure is null) ? 0 : 1;
        });
        return command;
    }

    private static int InRange(int value, int low, int high, string option) =>
        value >= low && value <= high ? value : throw new UsageException($"{option} must be {low} to {high}, not {value}.");

    private static void Print(ComparisonResult result)
    {
        var table = Output.Table("variant", "prediction", "total p50 [95 %]", "inference p50", "speedup [95 %]", "inference speedup", "where");
        foreach (var variant in result.Variants)
        {
            if (variant.Failure is { } failure)
            {
                table.Row(variant.Id, $"failed ({failure.Stage}): {failure.Message}", "", "", "", "", "");
                continue;
            }
            var best = variant.Predictions[0];
            table.Row(
                variant.Id, Text($"{best.Label} {100 * best.Probability:0.0} %"),
                Text($"{variant.Total!.P50Ms:0.00} ms [{variant.Total.Ci95Ms[0]:0.00}, {variant.Total.Ci95Ms[1]:0.00}]"),
                Text($"{variant.Stages.Single(stage => stage.Stage == Inference.Measurement.Stage.Inference).P50Ms:0.00} ms"),
                Ratio(variant.Speedup), Ratio(variant.InferenceSpeedup), Text($"{variant.Provider}, {variant.Threads} thread(s)"));
        }
        Output.Print(table);
        foreach (var insight in result.Insights)
        {
            Console.WriteLine($"- {insight.Text}");
        }
        var environment = result.Environment;
        Console.WriteLine(Text(
            $"{result.Rounds} rounds, {environment.Cpu}, {environment.LogicalCores} cores, INT8 by {environment.Int8Path}, {environment.Runtime} {environment.RuntimeVersion}"));
    }

    private static string Ratio(Inference.Measurement.Speedup? speedup) =>
        speedup is null ? "" : Text($"{speedup.Value:0.00}× [{speedup.Ci95[0]:0.00}, {speedup.Ci95[1]:0.00}]");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed class ShareOfRounds(IProgress<double> progress) : IProgress<ComparisonProgress>
    {
        public void Report(ComparisonProgress value) => progress.Report((double)value.RoundsDone / value.RoundsTotal);
    }
}
