using System.Diagnostics;
using LatencyLab.Inference.Optimization.Calibration;
using LatencyLab.Inference.Optimization.Quantization;

namespace LatencyLab.Benchmarks;

/// <summary>How long the quantizer takes, and the most memory that this process held meanwhile.</summary>
internal static class QuantizeVerb
{
    public const string Summary = "folder [model] [pictures] [method]: duration and peak memory of quantizing on a folder's pictures; models in LATENCYLAB_MODELS";

    private const double AllowedSeconds = 30;
    private const double AllowedMegabytes = 1000;

    public static int Run(string[] arguments)
    {
        if (arguments.Length == 0)
        {
            Console.Error.WriteLine(Summary);
            return 2;
        }
        using var laboratory = new Setup();
        var model = laboratory.Model(arguments.Length > 1 ? arguments[1] : "mobilenet_v2_1.0_224");
        var pictures = CalibrationPictures.Find(arguments[0], Setup.Number(arguments, 2, 60));
        var method = CalibrationMethods.Parse(arguments.Length > 3 ? arguments[3] : CalibrationMethods.Default);
        var source = new PictureCalibrationSource(pictures, laboratory.Decoder, model.Preprocessing);
        var report = StaticQuantizer.Quantize(model.File.Path, source, new QuantizationOptions { Calibration = method }).Report;
        using var process = Process.GetCurrentProcess();
        var (seconds, megabytes) = (report.DurationMs / 1000, process.PeakWorkingSet64 / 1e6);
        Console.WriteLine(
            $"{model.Id}, {report.CalibrationMethod} on {report.CalibrationPictures} pictures: {seconds:0.0} s (at most {AllowedSeconds:0} wanted), "
            + $"CPU time {process.TotalProcessorTime.TotalSeconds:0.0} s, peak {megabytes:0} MB (at most {AllowedMegabytes:0} wanted)");
        return seconds <= AllowedSeconds && megabytes <= AllowedMegabytes ? 0 : 1;
    }
}
