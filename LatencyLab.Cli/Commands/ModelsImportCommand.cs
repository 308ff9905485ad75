using System.CommandLine;
using System.Globalization;
using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Models.Import;
using LatencyLab.Inference.Optimization;
using LatencyLab.Inference.Optimization.Quantization;

namespace LatencyLab.Cli.Commands;

/// <summary><c>latencylab models import PATH</c></summary>
internal static class ModelsImportCommand
{
    public static Command Create()
    {
        var common = new CommonOptions();
        var path = new Argument<string>("path") { Description = "ONNX file of a classifier." };
        var labels = new Option<string?>("--labels") { Description = "Text file with one class name a line, in class order." };
        var id = new Option<string?>("--id") { Description = "Identifier of the new model; made from the file's name without it." };
        var title = new Option<string?>("--title") { Description = "Name for people." };
        var mean = new Option<string?>("--mean") { Description = "Mean of each channel on the 0..1 scale, red,green,blue; ImageNet's without it." };
        var std = new Option<string?>("--std") { Description = "Standard deviation of each channel on the 0..1 scale; ImageNet's without it." };
        var size = new Option<int?>("--size") { Description = "Side of the square input in pixels, where the graph leaves it free." };
        var shortSide = new Option<int?>("--short-side") { Description = "Short side in pixels before the centre is cropped; 8/7 of the input without it." };
        var resize = new Option<string?>("--resize") { Description = "short_side keeps the aspect ratio and crops the centre; stretch does not." };
        var output = new Option<string?>("--output") { Description = "Output that classifies, where the graph has several." };
        var license = new Option<string?>("--license") { Description = "Licence of the weights." };
        var command = new Command("import", "Takes in an ONNX classifier; --models names the folder for it, --calibration makes its INT8 at once.")
        {
            path, labels, id, title, mean, std, size, shortSide, resize, output, license,
        };
        common.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var values = common.Read(parsed);
            await using var laboratory = new Laboratory(values);
            var options = new ImportOptions
            {
                Id = parsed.GetValue(id),
                Title = parsed.GetValue(title),
                LabelsPath = parsed.GetValue(labels),
                Mean = Numbers(parsed.GetValue(mean), "--mean"),
                Std = Numbers(parsed.GetValue(std), "--std"),
                SizePx = parsed.GetValue(size),
                ShortSidePx = parsed.GetValue(shortSide),
                Resize = parsed.GetValue(resize),
                Output = parsed.GetValue(output),
                License = parsed.GetValue(license),
            };
            var imported = await Output.WithProgressAsync("importing", values.Json, progress =>
                Importer(laboratory, values).ImportAsync(parsed.GetValue(path)!, options, progress, cancellationToken));
            await FinishAsync(laboratory, imported, values, cancellationToken);
            return 0;
        });
        return command;
    }

    /// <summary>The importer into the first folder that <c>--models</c> names, else into the configured one.</summary>
    public static ModelImporter Importer(Laboratory laboratory, CommonValues values) => values.ModelPaths is [var folder, ..]
        ? new ModelImporter(folder, laboratory.Options.ImportLimits, laboratory.Get<ModelCatalogue>())
        : laboratory.Get<ModelImporter>();

    /// <summary>Makes the INT8 file if calibration pictures were named, and prints the new model.</summary>
    public static async Task FinishAsync(Laboratory laboratory, ImportedModel imported, CommonValues values, CancellationToken cancellationToken)
    {
        // Only pictures that were named for this model; those of the configuration are for quantizing on demand.
        var int8 = values.CalibrationPath is { } folder ? await Output.WithProgressAsync("quantizing", values.Json, progress => Int8Variant.AddAsync(
            imported.Model, folder, laboratory.Options.CalibrationPictures, laboratory.Get<IImageDecoder>(), new ShareOfPictures(progress), cancellationToken)) : null;
        var model = laboratory.Get<ModelCatalogue>().Add(imported.Model.CardPath);
        var summary = ModelSummary.Of(model) with { Notes = imported.Notes };
        if (values.Json)
        {
            Output.Json(new { model = summary, cardPath = model.CardPath, int8 });
            return;
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{model.Id}: {summary.InputPx} x {summary.InputPx} pixels, {summary.Classes} classes, {summary.Parameters / 1e6:0.00} M parameters, "
            + $"{summary.MultiplyAccumulates / 1e6:0} M multiply-adds, {summary.SizeBytes / 1e6:0.0} MB, in {Path.GetDirectoryName(model.CardPath)}"));
        foreach (var note in imported.Notes)
        {
            Console.WriteLine($"- {note}");
        }
        if (int8 is not null)
        {
            QuantizeCommand.Print(int8, Path.Combine(Path.GetDirectoryName(model.CardPath)!, "int8.onnx"), json: false);
        }
    }

    private static float[]? Numbers(string? text, string option)
    {
        if (text is null)
        {
            return null;
        }
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        var numbers = new float[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!float.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]))
            {
                throw new UsageException($"{option} takes three numbers with commas between them, for instance 0.485,0.456,0.406, not `{text}`.");
            }
        }
        return numbers.Length == 3 ? numbers : throw new UsageException($"{option} takes three numbers, one a channel, not {numbers.Length}.");
    }

    private sealed class ShareOfPictures(IProgress<double> progress) : IProgress<QuantizationProgress>
    {
        public void Report(QuantizationProgress value) => progress.Report((double)value.Done / value.Total);
    }
}
