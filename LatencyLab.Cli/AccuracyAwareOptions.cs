using System.CommandLine;
using System.Globalization;
using LatencyLab.Cli.Commands;
using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.AccuracyAware;
using LatencyLab.Inference.Optimization.Calibration;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Inference.Optimization.Quantization;

namespace LatencyLab.Cli;

/// <summary>The options of <c>quantize</c> that hold an accuracy budget: <c>--max-drop</c> and <c>--data</c>.</summary>
internal sealed class AccuracyAwareOptions
{
    private readonly HeldPicturesOption _held = new();

    private readonly Option<double?> _maxDrop = new("--max-drop")
    {
        Description = "Leave the most sensitive layers in float until the drop is at most this many percentage points, 0 to 100: "
            + "of top-1 where the pictures of --data have labels, else of agreement with FP32.",
    };

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All => [_maxDrop, .. _held.All];

    public void AddTo(Command command)
    {
        command.Options.Add(_maxDrop);
        _held.AddTo(command);
    }

    /// <summary>Whether a budget is given.</summary>
    /// <exception cref="UsageException">There are pictures to judge by, but no budget.</exception>
    public bool IsGiven(ParseResult parsed) =>
        parsed.GetValue(_maxDrop) is not null
        || (_held.IsGiven(parsed) ? throw new UsageException("--data needs --max-drop: without a budget nothing is judged.") : false);

    /// <summary>Quantizes within the budget, writes the model and prints what came out.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(
        ParseResult parsed, Laboratory laboratory, Model model, QuantizationOptions options, int maxCalibration, string output, bool json,
        CancellationToken cancellation)
    {
        var maxDrop = parsed.GetValue(_maxDrop)!.Value;
        if (maxDrop is not (>= 0 and <= 100))
        {
            throw new UsageException(Text($"--max-drop must be 0 to 100 points, not {maxDrop}."));
        }

        var result = await Output.WithProgressAsync("quantizing", json, progress => Task.Run(
            () =>
            {
                var pictures = _held.Find(parsed, laboratory, model, maxCalibration, cancellation);
                var source = new PictureCalibrationSource(pictures.Calibration, laboratory.Get<IImageDecoder>(), model.Preprocessing);
                return AccuracyAwareQuantizer.Quantize(
                    model.Id, OnnxModelFile.Load(model.File.Path), source, pictures.Held, maxDrop, options, progress, cancellation);
            },
            cancellation));
        result.Quantized.Save(output);
        if (json)
        {
            Output.Json(result.Report);
        }
        else
        {
            Print(result.Report, output);
        }

        return 0;
    }

    private static void Print(AccuracyAwareReport report, string output)
    {
        var table = Output.Table("candidate", "layers in float", "drop [95 %]", "within budget", "");
        foreach (var trial in report.Trials)
        {
            table.Row(
                trial.Step, Text($"{trial.FloatLayers.Count} of {report.Layers}"),
                Text($"{trial.DropPoints:0.00} [{trial.Ci95Points[0]:0.00}, {trial.Ci95Points[1]:0.00}] points"),
                trial.WithinBudget ? "yes" : "no", trial.Chosen ? "chosen" : "");
        }

        Output.Print(table);
        Console.WriteLine($"{output}: {report.Conclusion}");
        Console.WriteLine(Text(
            $"- {report.Measure} on {report.EvaluationPictures} pictures, calibrated on {report.CalibrationPictures} others, {report.DurationMs / 1000:0.0} s"));
        foreach (var layer in report.FloatLayers)
        {
            Console.WriteLine($"- left in float for the budget: {layer}");
        }
        QuantizeCommand.PrintLeftInFloat(report.Quantization.LeftInFloat.Where(layer => !report.FloatLayers.Contains(layer.Name)));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
