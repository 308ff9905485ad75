using System.CommandLine;
using System.Globalization;
using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Optimization.Calibration;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Inference.Optimization.Quantization;
using LatencyLab.Inference.Optimization.Sensitivity;
using LatencyLab.Inference.Runtime;

namespace LatencyLab.Cli.Commands;

/// <summary><c>latencylab sensitivity MODEL --calibration PICTURES</c></summary>
internal static class SensitivityCommand
{
    public static Command Create()
    {
        var common = new CommonOptions();
        var held = new HeldPicturesOption();
        var model = new Argument<string>("model") { Description = "Identifier of the model." };
        var count = new Option<int>("--pictures") { Description = "Calibration pictures to use at most.", DefaultValueFactory = _ => 500 };
        var method = new CalibrationMethodOption();
        var equalize = new Option<bool>("--equalize") { Description = "Equalize the weights of neighbouring layers first." };
        var command = new Command("sensitivity", "Shows which layers of a model lose how much in INT8.") { model, count, method, equalize };
        held.AddTo(command);
        common.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var values = common.Read(parsed);
            await using var laboratory = new Laboratory(values);
            var subject = laboratory.Model(parsed.GetValue(model));
            var options = new QuantizationOptions
            {
                Calibration = method.Read(parsed),
                WeightRange = CpuCapabilities.Current.NeedsSevenBitWeights ? WeightRange.SevenBit : WeightRange.EightBit,
                Equalize = parsed.GetValue(equalize),
            };
            if (parsed.GetValue(count) < 1)
            {
                throw new UsageException($"--pictures must be 1 or more, not {parsed.GetValue(count)}.");
            }

            await subject.File.VerifyAsync(cancellationToken);
            var report = await Output.WithProgressAsync("probing layers", values.Json, progress => Task.Run(
                () =>
                {
                    var pictures = held.Find(parsed, laboratory, subject, parsed.GetValue(count), cancellationToken);
                    var source = new PictureCalibrationSource(pictures.Calibration, laboratory.Get<IImageDecoder>(), subject.Preprocessing);
                    return SensitivityAnalysis.Run(
                        subject.Id, OnnxModelFile.Load(subject.File.Path), source, pictures.Held, options, progress, cancellationToken);
                },
                cancellationToken));
            if (values.Json)
            {
                Output.Json(report);
            }
            else
            {
                Print(report);
            }

            return 0;
        });
        return command;
    }

    private static void Print(SensitivityReport report)
    {
        var table = Output.Table("layer", "operator", "position", "KL divergence", "same as FP32", "logit error");
        foreach (var layer in report.Layers)
        {
            table.Row(layer.Layer, layer.Operator, Text($"{layer.Position}"), Text($"{layer.KlDivergence:0.00000}"), Text($"{100 * layer.Agreement:0.0} %"), Text($"{layer.LogitError:0.000}"));
        }

        var all = report.AllLayers;
        table.Row("all in INT8", "", "", Text($"{all.KlDivergence:0.00000}"), Text($"{100 * all.Agreement:0.0} %"), Text($"{all.LogitError:0.000}"));
        Output.Print(table);
        Console.WriteLine(Text(
            $"{report.ModelId} on {report.Pictures} pictures, {report.CalibrationMethod} calibration on {report.CalibrationPictures} others, {report.DurationMs / 1000:0.0} s"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
