using LatencyLab.Inference.Evaluation;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Calibration;
using LatencyLab.Inference.Optimization.Quantization;

namespace LatencyLab.Benchmarks;

/// <summary>How far INT8 of each calibration method answers as FP32 does: calibrated on every second picture, compared on the others.</summary>
internal static class AgreementVerb
{
    public const string Summary = "folder model [method]...: agreement of INT8 with FP32 on the pictures not calibrated on; models in LATENCYLAB_MODELS";

    public static int Run(string[] arguments)
    {
        if (arguments.Length < 2)
        {
            Console.Error.WriteLine(Summary);
            return 2;
        }
        using var laboratory = new Setup();
        var model = laboratory.Model(arguments[1]);
        var all = CalibrationPictures.Find(arguments[0], int.MaxValue);
        var calibration = CalibrationPictures.Find(arguments[0], (all.Count + 1) / 2);
        string[] others = [.. all.Except(calibration)];
        var file = Path.Combine(Path.GetTempPath(), $"latencylab-agreement-{Environment.ProcessId}.onnx");
        try
        {
            foreach (var name in arguments.Length > 2 ? arguments[2..] : [.. CalibrationMethods.Names])
            {
                var source = new PictureCalibrationSource(calibration, laboratory.Decoder, model.Preprocessing);
                StaticQuantizer.Quantize(model.File.Path, source, new QuantizationOptions { Calibration = CalibrationMethods.Parse(name) }).Save(file);
                var result = AgreementEvaluator.Run(model, model.File, new ModelFile(file, null), name, others, laboratory.Decoder, null, CancellationToken.None);
                Console.WriteLine(
                    $"| {model.Id} | {name} | {result.Agreeing} of {result.Pictures} ({100 * result.Share:0.0} %) "
                    + $"| {result.TopLogitMedianError:0.00} | {result.TopLogitMaxError:0.00} |");
            }
        }
        finally
        {
            File.Delete(file);
        }
        return 0;
    }
}
