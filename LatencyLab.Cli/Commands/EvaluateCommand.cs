using System.CommandLine;
using System.Globalization;
using LatencyLab.Inference.Evaluation;
using LatencyLab.Inference.Imaging;

namespace LatencyLab.Cli.Commands;

/// <summary><c>latencylab evaluate --data PICTURES [--against int8|fp16|FILE]</c></summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var common = new CommonOptions();
        var data = new Option<string>("--data")
        {
            Description = "Folder or zip archive with one folder a class, or folder with pictures and labels.csv.",
            Required = true,
        };
        var model = new Option<string?>("--model") { Description = "Identifier of the model; the configured default without it." };
        var variants = new Option<string[]?>("--variant") { Description = "Variant to evaluate; may be given several times; all without it." };
        var against = new Option<string?>("--against")
        {
            Description = "int8, fp16 or an ONNX file: how far it answers as the model's FP32 file does, on any pictures; their classes are not needed.",
        };
        var heldOut = new Option<int>("--held-out")
        {
            Description = "With --against: leave out the pictures that `quantize --pictures N` takes from this folder.",
        };
        var command = new Command("evaluate", "Measures the accuracy of a model's variants on pictures whose classes are known, or their agreement with FP32 on any.")
        {
            data, model, variants, against, heldOut,
        };
        common.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var values = common.Read(parsed);
            await using var laboratory = new Laboratory(values);
            var subject = laboratory.Model(parsed.GetValue(model));
            if (parsed.GetValue(against) is { } other)
            {
                return await EvaluateAgainst.RunAsync(
                    laboratory, values, subject, parsed.GetValue(data)!, other, parsed.GetValue(heldOut), cancellationToken);
            }
            var pictures = LabelledPictures.Find(parsed.GetValue(data)!, subject);
            var wanted = parsed.GetValue(variants) is { Length: > 0 } ids ? ids : null;
            var entries = await laboratory.LoadAsync(subject.Id, wanted, cancellationToken);
            if (entries.FirstOrDefault(entry => entry.Variant is null) is { } failed)
            {
                throw new IOException($"{failed.Options.Id}: {failed.Status.Message}");
            }
            var result = await Output.WithProgressAsync("evaluating", values.Json, progress => Task.Run(() => Evaluator.Run(
                Path.GetFileName(parsed.GetValue(data)!.TrimEnd('/', '\\')), pictures, [.. entries.Select(entry => entry.Variant!)],
                laboratory.Get<IImageDecoder>(), new ShareOfPictures(progress, pictures.Count), cancellationToken)));
            if (values.Json)
            {
                Output.Json(result);
            }
            else
            {
                Print(result);
            }
            return 0;
        });
        return command;
    }

    private static void Print(EvaluationResult result)
    {
        var table = Output.Table("variant", "top-1", "top-5", "drop", "same as control");
        foreach (var variant in result.Variants)
        {
            table.Row(
                variant.Id, Percent(variant.Top1), Percent(variant.Top5),
                string.Create(CultureInfo.InvariantCulture, $"{variant.DropPoints:0.00} points"), Percent(variant.AgreementWithControl));
        }
        Output.Print(table);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{result.ModelId} on {result.Pictures} pictures of {result.Data}, decoded by {result.Decoder}, INT8 by {result.Int8Path}"));
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.00} %");

    private sealed class ShareOfPictures(IProgress<double> progress, int total) : IProgress<int>
    {
        public void Report(int value) => progress.Report((double)value / total);
    }
}
