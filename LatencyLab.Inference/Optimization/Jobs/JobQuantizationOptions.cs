using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Calibration;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Inference.Optimization.Quantization;
using LatencyLab.Inference.Runtime;

namespace LatencyLab.Inference.Optimization.Jobs;

/// <summary>Reads from a request how a job quantizes, and refuses what makes no sense before anything begins.</summary>
internal static class JobQuantizationOptions
{
    /// <exception cref="OptimizationRefusedException">An option makes no sense; the message names it.</exception>
    public static QuantizationOptions Of(QuantizeRequest request, Model model)
    {
        if (request.MaxDropPoints is not (null or (>= 0 and <= 100)))
        {
            throw new OptimizationRefusedException("`maxDrop` must be 0 to 100 points.");
        }
        if (request.MaxDropPoints is not null && request.KeepInFloat.Count > 0)
        {
            throw new OptimizationRefusedException("`maxDrop` looks for the layers to leave in float; `keepInFloat` names them. Give one of the two.");
        }
        var options = Common(request.Method, request.Equalize, request.SevenBit) with
        {
            Activations = Read("activations", request.Activations ?? ActivationTypes.Names[0], ActivationTypes.Parse),
            KeepInFloat = request.KeepInFloat.ToHashSet(),
        };
        RefuseUnknownLayers(model, options.KeepInFloat);
        return options;
    }

    /// <exception cref="OptimizationRefusedException">An option makes no sense; the message names it.</exception>
    public static QuantizationOptions Of(SensitivityRequest request) => Common(request.Method, request.Equalize, sevenBit: false);

    /// <summary>Refuses what FP16 would ignore: who gave it expects something of it.</summary>
    /// <exception cref="OptimizationRefusedException">An option is for INT8 alone.</exception>
    public static void RefuseForFp16(QuantizeRequest request)
    {
        (string Name, bool IsGiven)[] options =
        [
            ("method", request.Method is not null), ("activations", request.Activations is not null), ("sevenBit", request.SevenBit),
            ("equalize", request.Equalize), ("keepInFloat", request.KeepInFloat.Count > 0), ("maxDrop", request.MaxDropPoints is not null),
        ];
        if (Array.Find(options, option => option.IsGiven) is { Name: { } name })
        {
            throw new OptimizationRefusedException($"`{name}` is for `precision` int8: FP16 weights are rounded, not quantized.");
        }
    }

    private static QuantizationOptions Common(string? method, bool equalize, bool sevenBit) => new()
    {
        Calibration = Read("method", method ?? CalibrationMethods.Default, CalibrationMethods.Parse),
        WeightRange = sevenBit || CpuCapabilities.Current.NeedsSevenBitWeights ? WeightRange.SevenBit : WeightRange.EightBit,
        Equalize = equalize,
        // The other cores go on answering.
        Threads = 1,
    };

    private static T Read<T>(string option, string text, Func<string, T> parse)
    {
        try
        {
            return parse(text);
        }
        catch (FormatException error)
        {
            throw new OptimizationRefusedException($"`{option}`: {error.Message}");
        }
    }

    private static void RefuseUnknownLayers(Model model, IReadOnlySet<string> keepInFloat)
    {
        if (keepInFloat.Count == 0)
        {
            return;
        }
        try
        {
            QuantizerForm.RefuseUnknown(QuantizerForm.Of(OnnxModelFile.Load(model.File.Path)), keepInFloat);
        }
        catch (QuantizationException error)
        {
            throw new OptimizationRefusedException($"`keepInFloat`: {error.Message}");
        }
        catch (InvalidModelException)
        {
            // The file is at fault, not the option: the job says so, as it does without the option.
        }
    }
}
