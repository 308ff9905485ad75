using System.Diagnostics;
using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.AccuracyAware;
using LatencyLab.Inference.Optimization.Calibration;
using LatencyLab.Inference.Optimization.HalfPrecision;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Inference.Optimization.Quantization;
using LatencyLab.Inference.Optimization.Sensitivity;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Inference.Optimization.Jobs;

/// <summary>Makes a model of lower precision a new variant. Whatever goes wrong, no file stays behind.</summary>
/// <param name="made">Gets the new variant.</param>
/// <param name="naming">Names it.</param>
/// <param name="loader">Loads both models to compare their answers.</param>
public sealed class QuantizeWork(MadeVariants made, MadeVariantNaming naming, VariantLoader loader)
{
    /// <summary>Quantizes to INT8.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">How.</param>
    /// <param name="pictures">Preprocessed calibration pictures.</param>
    /// <param name="maxDropPoints">How many points of agreement with FP32 may be lost; null where that does not matter.</param>
    /// <param name="progress">Told step by step.</param>
    /// <param name="cancellationToken">Stops within one operator of the model.</param>
    /// <exception cref="InvalidModelException">The model's file is wrong.</exception>
    /// <exception cref="CalibrationException">A picture cannot be used, or an activation is not finite.</exception>
    /// <exception cref="QuantizationException">There is nothing to quantize, or the result does not run.</exception>
    public async Task<QuantizeResult> ToInt8Async(
        Model model, QuantizationOptions options, ICalibrationSource pictures, double? maxDropPoints, IProgress<JobProgress> progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(pictures);
        var started = Stopwatch.GetTimestamp();
        var steps = new QuantizeSteps(progress);
        await model.File.VerifyAsync(cancellationToken);
        var within = maxDropPoints is { } points
            ? AccuracyAwareQuantizer.Quantize(
                model.Id, OnnxModelFile.Load(model.File.Path), new EveryOtherPicture(pictures, 0),
                HeldPictures.Of(new EveryOtherPicture(pictures, 1), cancellation: cancellationToken), points, options, steps, cancellationToken)
            : null;
        var quantized = within?.Quantized ?? StaticQuantizer.Quantize(model.File.Path, pictures, options, steps, cancellationToken);
        var report = quantized.Report;
        var (variant, agreement) = await KeepAsync(
            model, quantized.Save, path => naming.Int8Async(model, options, report, within?.Report, path, cancellationToken),
            pictures, steps, cancellationToken);
        return new QuantizeResult
        {
            VariantId = variant.Options.Id,
            Title = variant.Options.Title,
            Precision = Precisions.Int8,
            Method = report.CalibrationMethod,
            CalibrationPictures = report.CalibrationPictures,
            ConvertedLayers = report.Quantized.Count,
            LeftInFloat = report.LeftInFloat,
            Budget = within?.Report,
            SizeBeforeBytes = report.SizeBeforeBytes,
            SizeAfterBytes = report.SizeAfterBytes,
            DurationMs = Stopwatch.GetElapsedTime(started).TotalMilliseconds,
            ComparedPictures = agreement?.Pictures ?? 0,
            Agreement = agreement?.Share,
            TopLogitMedianError = agreement?.TopLogitMedianError,
            TopLogitMaxError = agreement?.TopLogitMaxError,
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
            ComparedPictures = agreement?.Pictures ?? 0,
            Agreement = agreement?.Share,
            TopLogitMedianError = agreement?.TopLogitMedianError,
            TopLogitMaxError = agreement?.TopLogitMaxError,
        };
    }

    private async Task<(MadeVariant Variant, MeasuredAgreement? Agreement)> KeepAsync(
        Model model, Action<string> save, Func<string, Task<MadeVariant>> name, ICalibrationSource? pictures, QuantizeSteps steps, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(made.Folder);
        var path = Path.Combine(made.Folder, $"made-{Guid.NewGuid():N}.onnx");
        try
        {
            save(path);
            var variant = await name(path);
            var agreement = pictures is null ? null : await new AnswerAgreement(loader).MeasureAsync(
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
