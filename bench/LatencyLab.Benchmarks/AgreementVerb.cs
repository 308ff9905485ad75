using LatencyLab.Inference.Evaluation;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Calibration;
using LatencyLab.Inference.Optimization.Quantization;

namespace LatencyLab.Benchmarks;

/// <summary>
/// How far INT8 of each calibration method answers as FP32 does, calibrated on one half of the pictures and compared on the other. Four ways to
/// halve them: one alone may be lucky.
/// </summary>
internal static class AgreementVerb
{
    public const string Summary = "folder model [method]...: agreement of INT8 with FP32 on the pictures not calibrated on, for four halves; models in LATENCYLAB_MODELS";

    private static readonly (string Name, Func<int, int, bool> Calibrates)[] Halves =
    [
        ("even", static (index, _) => index % 2 == 0), ("odd", static (index, _) => index % 2 != 0),
        ("first", static (index, count) => index < count / 2), ("last", static (index, count) => index >= count / 2),
    ];

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
        foreach (var method in arguments.Length > 2 ? arguments[2..] : [.. CalibrationMethods.Names])
        {
            foreach (var (half, calibrates) in Halves)
            {
                var result = Measure(laboratory, model, method, [.. all.Where((_, index) => calibrates(index, all.Count))], [.. all.Where((_, index) => !calibrates(index, all.Count))]);
                Console.WriteLine(
                    $"| {model.Id} | {method} | {half} | {result.Agreeing} of {result.Pictures} ({100 * result.Share:0.0} %) "
                    + $"| {result.TopLogitMedianError:0.00} | {result.TopLogitMaxError:0.00} |");
            }
        }
        return 0;
    }

    private static Agreement Measure(Setup laboratory, Model model, string method, string[] calibration, string[] others)
    {
        var file = Path.Combine(Path.GetTempPath(), $"latencylab-agreement-{Environment.ProcessId}.onnx");
        try
        {
            var source = new PictureCalibrationSource(calibration, laboratory.Decoder, model.Preprocessing);
            StaticQuantizer.Quantize(model.File.Path, source, new QuantizationOptions { Calibration = CalibrationMethods.Parse(method) }).Save(file);
            return AgreementEvaluator.Run(model, model.File, new ModelFile(file, null), method, others, laboratory.Decoder, null, CancellationToken.None);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
