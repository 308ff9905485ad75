using System.Diagnostics;
using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Calibration;
using LatencyLab.Inference.Optimization.HalfPrecision;
using LatencyLab.Inference.Optimization.Quantization;
using LatencyLab.Inference.Runtime;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Inference.Optimization.Jobs;

/// <summary>Makes a model of lower precision a new variant. Whatever goes wrong, no file stays behind.</summary>
/// <param name="made">Gets the new variant.</param>
/// <param name="naming">Names it.</param>
/// <param name="loader">Loads both models to compare their answers.</param>
public sealed class QuantizeWork(MadeVariants made, MadeVariantNaming naming, VariantLoader loader)
{
    /// <summary>Quantizes to INT8. Takes all of one core.</summary>
    /// <param name="model">The model.</param>
    /// <param name="method">How activation ranges are drawn.</param>
    /// <param name="pictures">Preprocessed calibration pictures.</param>
    /// <param name="progress">Told step by step.</param>
    /// <param name="cancellationToken">Stops within one operator of the model.</param>
    /// <exception cref="InvalidModelException">The model's file is wrong.</exception>
    /// <exception cref="CalibrationException">A picture cannot be used, or an activation is not finite.</exception>
    /// <exception cref="QuantizationException">There is nothing to quantize, or the result does not run.</exception>
    public async Task<QuantizeResult> ToInt8Async(
        Model model, ICalibrationMethod method, ICalibrationSource pictures, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(pictures);
        var started = Stopwatch.GetTimestamp();
        var steps = new QuantizeSteps(progress);
        await model.File.VerifyAsync(cancellationToken);
        var options = new QuantizationOptions
        {
            Calibration = method,
            WeightRange = CpuCapabilities.Current.NeedsSevenBitWeights ? WeightRange.SevenBit : WeightRange.EightBit,
            // The other core goes on answering.
            Threads = 1,
        };
        var quantized = StaticQuantizer.Quantize(model.File.Path, pictures, options, steps, cancellationToken);
        var (variant, agreement) = await KeepAsync(
            model, quantized.Save, path => naming.Int8Async(model, method, pictures.Count, path, cancellationToken), pictures, steps, cancellationToken);
        var report = quantized.Report;
        return new QuantizeResult
        {
            VariantId = variant.Options.Id,
            Title = variant.Options.Title,
            Precision = Precisions.Int8,
            Method = report.CalibrationMethod,
            CalibrationPictures = report.CalibrationPictures,
            ConvertedLayers = report.Quantized.Count,
            LeftInFloat = report.LeftInFloat,
            SizeBeforeBytes = report.SizeBeforeBytes,
            SizeAfterBytes = report.SizeAfterBytes,
            DurationMs = Stopwatch.GetElapsedTime(started).TotalMilliseconds,
            Agreement = agreement,
        };
    }

    /// <summary>Stores the weights in 16 bits.</summary>
    /// <param name="model">The model.</param>
    /// <param name="pictures">Preprocessed pictures to compare the answers on; null for none.</param>
    /// <param name="progress">Told step by step.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="InvalidModelException">The model's file is wrong.</exception>
    /// <exception cref="QuantizationException">There is nothing to convert, or the result does not run.</exception>
    public async Task<QuantizeResult> ToFp16Async(
        Model model, ICalibrationSource? pictures, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(progress);
        var started = Stopwatch.GetTimestamp();
        var steps = new QuantizeSteps(progress);
        await model.File.VerifyAsync(cancellationToken);
        progress.Report(new JobProgress("converting the weights"));
        var converted = HalfPrecisionConverter.Convert(
            model.File.Path, [3, model.Preprocessing.HeightPx, model.Preprocessing.WidthPx], cancellationToken);
        var (variant, agreement) = await KeepAsync(
            model, converted.Save, path => naming.Fp16Async(model, path, cancellationToken), pictures, steps, cancellationToken);
        var report = converted.Report;
        return new QuantizeResult
        {
            VariantId = variant.Options.Id,
            Title = variant.Options.Title,
            Precision = Precisions.Fp16,
            CalibrationPictures = 0,
            ConvertedLayers = report.Tensors,
            LeftInFloat = [.. report.LeftInFloat.Select(tensor => new FloatLayer(tensor.Name, "weights", $"{tensor.OutOfRange} of its values do not fit into 16 bits."))],
            SizeBeforeBytes = report.SizeBeforeBytes,
            SizeAfterBytes = report.SizeAfterBytes,
            DurationMs = Stopwatch.GetElapsedTime(started).TotalMilliseconds,
            Agreement = agreement,
        };
    }

    private async Task<(MadeVariant Variant, double? Agreement)> KeepAsync(
        Model model, Action<string> save, Func<string, Task<MadeVariant>> name, ICalibrationSource? pictures, QuantizeSteps steps, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(made.Folder);
        var path = Path.Combine(made.Folder, $"made-{Guid.NewGuid():N}.onnx");
        try
        {
            save(path);
            var variant = await name(path);
            double? agreement = pictures is null ? null : await new AnswerAgreement(loader).MeasureAsync(
                model, made.FileOf(variant), variant.Options, pictures, steps.ReportComparison, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            made.Add(variant);
            return (variant, agreement);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }
}
