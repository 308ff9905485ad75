using System.CommandLine;
using System.Globalization;
using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Calibration;
using LatencyLab.Inference.Optimization.HalfPrecision;
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
        var precision = new Option<string>("--precision")
        {
            Description = "int8: static quantization, which needs --calibration. fp16: half the file, computed in FP32; needs no pictures.",
            DefaultValueFactory = _ => Precisions.Int8,
        };
        precision.AcceptOnlyFromAmong(Precisions.Int8, Precisions.Fp16);
        var method = new CalibrationMethodOption();
        var activations = new Option<string>("--activations")
        {
            Description = "Bytes of activations: u8, or s8 for runtimes that ask for signed ones (slow on x64).",
            DefaultValueFactory = _ => ActivationTypes.Names[0],
        };
        activations.AcceptOnlyFromAmong([.. ActivationTypes.Names]);
        var count = new Option<int>("--pictures") { Description = "Calibration pictures to use at most.", DefaultValueFactory = _ => 500 };
        var sevenBit = new Option<bool>("--seven-bit") { Description = "Keep weights to 7 bits, for processors without VNNI; chosen by itself on such a processor." };
        var equalize = new Option<bool>("--equalize") { Description = "Equalize the weights of neighbouring layers first." };
        var keepInFloat = new Option<string[]?>("--keep-in-float") { Description = "Layer to leave in FP32, by its name; may be given several times." };
        var command = new Command("quantize", "Makes a smaller file of a model: INT8 by static quantization, or FP16 weights.")
        {
            model, output, precision, method, activations, count, sevenBit, equalize, keepInFloat,
        };
        var accuracyAware = new AccuracyAwareOptions();
        accuracyAware.AddTo(command);
        common.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var values = common.Read(parsed);
            await using var laboratory = new Laboratory(values);
            var subject = laboratory.Model(parsed.GetValue(model));
            var target = OutputFile.Checked(parsed.GetValue(output)!, "--output");
            if (parsed.GetValue(count) < 1)
            {
                throw new UsageException($"--pictures must be 1 or more, not {parsed.GetValue(count)}.");
            }
            if (parsed.GetValue(precision) == Precisions.Fp16)
            {
                foreach (var option in (Option[])[method, activations, count, sevenBit, equalize, keepInFloat, .. accuracyAware.All])
                {
                    if (parsed.GetResult(option) is { Implicit: false })
                    {
                        throw new UsageException($"{option.Name} is for --precision int8: FP16 weights are rounded, not quantized.");
                    }
                }
                await subject.File.VerifyAsync(cancellationToken);
                var halved = HalfPrecisionConverter.Convert(
                    subject.File.Path, [3, subject.Preprocessing.HeightPx, subject.Preprocessing.WidthPx], cancellationToken);
                halved.Save(target);
                Print(halved.Report, target, values.Json);
                return 0;
            }
            var options = new QuantizationOptions
            {
                Calibration = method.Read(parsed),
                Activations = ActivationTypes.Parse(parsed.GetValue(activations)!),
                WeightRange = parsed.GetValue(sevenBit) || CpuCapabilities.Current.NeedsSevenBitWeights ? WeightRange.SevenBit : WeightRange.EightBit,
                Equalize = parsed.GetValue(equalize),
                KeepInFloat = (parsed.GetValue(keepInFloat) ?? []).ToHashSet(),
            };
            var folder = laboratory.Options.CalibrationPath
                ?? throw new UsageException("--calibration is missing: name a folder of pictures like those the model will meet.");
            var pictures = CalibrationPictures.Find(folder, parsed.GetValue(count));
            if (pictures.Count == 0)
            {
                throw new UsageException($"--calibration: no pictures in {folder}.");
            }
            await subject.File.VerifyAsync(cancellationToken);
            if (accuracyAware.IsGiven(parsed))
            {
                if (options.KeepInFloat.Count > 0)
                {
                    throw new UsageException("--max-drop looks for the layers to leave in float; --keep-in-float names them. Give one of the two.");
                }

                return await accuracyAware.RunAsync(
                    parsed, laboratory, subject, options, parsed.GetValue(count), target, values.Json, cancellationToken);
            }
            var source = new PictureCalibrationSource(pictures, laboratory.Get<IImageDecoder>(), subject.Preprocessing);
            var quantized = await Output.WithProgressAsync("quantizing", values.Json, progress => Task.Run(() => StaticQuantizer.Quantize(
                subject.File.Path, source, options, new ShareOfPictures(progress), cancellationToken)));
            quantized.Save(target);
            Print(quantized.Report, target, values.Json);
            return 0;
        });
        return command;
    }

    /// <summary>Prints what was quantized into which file.</summary>
    public static void Print(QuantizationReport report, string path, bool json)
    {
        if (json)
        {
            Output.Json(report);
            return;
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{path}: {report.Quantized.Count} layers in INT8, {report.LeftInFloat.Count} left in float, {report.WeightBits}-bit weights, "
            + $"{report.SizeBeforeBytes / 1e6:0.0} -> {report.SizeAfterBytes / 1e6:0.0} MB, {report.CalibrationMethod} on {report.CalibrationPictures} pictures, "
            + $"{report.DurationMs / 1000:0.0} s. {report.ActivationPath}"));
        PrintLeftInFloat(report.LeftInFloat);
    }

    /// <summary>Prints which layers stay in float, and why.</summary>
    public static void PrintLeftInFloat(IEnumerable<FloatLayer> layers)
    {
        foreach (var layer in layers)
        {
            Console.WriteLine($"- left in float: {layer.Name} ({layer.Operator}). {layer.Reason}");
        }
    }

    private static void Print(HalfPrecisionReport report, string path, bool json)
    {
        if (json)
        {
            Output.Json(report);
            return;
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{path}: {report.Tensors} tensors in FP16, {report.SizeBeforeBytes / 1e6:0.0} -> {report.SizeAfterBytes / 1e6:0.0} MB, "
            + $"weights off by {report.MeanError:0.0e+0} in the mean, {report.MaxError:0.0e+0} at most"));
        foreach (var tensor in report.LeftInFloat)
        {
            Console.WriteLine($"- left in FP32: {tensor.Name}, {tensor.OutOfRange} values beyond FP16's range");
        }
    }

    private sealed class ShareOfPictures(IProgress<double> progress) : IProgress<QuantizationProgress>
    {
        public void Report(QuantizationProgress value) => progress.Report((double)value.Done / value.Total);
    }
}
