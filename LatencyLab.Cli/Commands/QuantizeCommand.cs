using System.CommandLine;
using System.Globalization;
using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Optimization.Calibration;
using LatencyLab.Inference.Optimization.Quantization;
using LatencyLab.Inference.Runtime;

namespace LatencyLab.Cli.Commands;

/// <summary><c>latencylab quantize MODEL --calibration PICTURES --output FILE</c></summary>
internal static class QuantizeCommand
{
    public static Command Create()
    {
        var common = new CommonOptions();
        var model = new Argument<string>("model") { Description = "Identifier of the model." };
        var output = new Option<FileInfo>("--output") { Description = "ONNX file to write.", Required = true };
        var count = new Option<int>("--pictures") { Description = "Calibration pictures to use at most.", DefaultValueFactory = _ => 500 };
        var sevenBit = new Option<bool>("--seven-bit") { Description = "Keep weights to 7 bits, for processors without VNNI; chosen by itself on such a processor." };
        var command = new Command("quantize", "Quantizes a model statically to INT8.") { model, output, count, sevenBit };
        var equalize = new Option<bool>("--equalize") { Description = "Equalize the weights of neighbouring layers first." };
        command.Options.Add(equalize);
        var keepInFloat = new Option<string[]?>("--keep-in-float") { Description = "Layer to leave in FP32, by its name; may be given several times." };
        command.Options.Add(keepInFloat);
        var accuracyAware = new AccuracyAwareOptions();
        accuracyAware.AddTo(command);
        common.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var values = common.Read(parsed);
            await using var laboratory = new Laboratory(values);
            var subject = laboratory.Model(parsed.GetValue(model));
            var folder = laboratory.Options.CalibrationPath
                ?? throw new UsageException("--calibration is missing: name a folder of pictures like those the model will meet.");
            var pictures = CalibrationPictures.Find(folder, parsed.GetValue(count));
            if (pictures.Count == 0)
            {
                throw new UsageException($"--calibration: no pictures in {folder}.");
            }
            var options = new QuantizationOptions
            {
                WeightRange = parsed.GetValue(sevenBit) || CpuCapabilities.Current.NeedsSevenBitWeights ? WeightRange.SevenBit : WeightRange.EightBit,
                Equalize = parsed.GetValue(equalize),
                KeepInFloat = (parsed.GetValue(keepInFloat) ?? []).ToHashSet(),
            };
            await subject.File.VerifyAsync(cancellationToken);
            if (accuracyAware.IsGiven(parsed))
            {
                if (options.KeepInFloat.Count > 0)
                {
                    throw new UsageException("--max-drop looks for the layers to leave in float; --keep-in-float names them. Give one of the two.");
                }

                return await accuracyAware.RunAsync(
                    parsed, laboratory, subject, options, parsed.GetValue(count), parsed.GetValue(output)!.FullName, values.Json, cancellationToken);
            }
            var source = new PictureCalibrationSource(pictures, laboratory.Get<IImageDecoder>(), subject.Preprocessing);
            var quantized = await Output.WithProgressAsync("quantizing", values.Json, progress => Task.Run(() => StaticQuantizer.Quantize(
                subject.File.Path, source, options, new ShareOfPictures(progress), cancellationToken)));
            quantized.Save(parsed.GetValue(output)!.FullName);
            if (values.Json)
            {
                Output.Json(quantized.Report);
            }
            else
            {
                Print(quantized.Report, parsed.GetValue(output)!.FullName);
            }
            return 0;
        });
        return command;
    }

    private static void Print(QuantizationReport report, string path)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{path}: {report.Quantized.Count} layers in INT8, {report.LeftInFloat.Count} left in float, {report.WeightBits}-bit weights, "
            + $"{report.SizeBeforeBytes / 1e6:0.0} -> {report.SizeAfterBytes / 1e6:0.0} MB, {report.CalibrationPictures} pictures, {report.DurationMs / 1000:0.0} s"));
        foreach (var layer in report.LeftInFloat)
        {
            Console.WriteLine($"- left in float: {layer}");
        }
    }

    private sealed class ShareOfPictures(IProgress<double> progress) : IProgress<QuantizationProgress>
    {
        public void Report(QuantizationProgress value) => progress.Report((double)value.Done / value.Total);
    }
}
