using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Calibration;
using LatencyLab.Inference.Optimization.Quantization;
using LatencyLab.Inference.Runtime;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Inference.Optimization.Jobs;

/// <summary>Quantizes one model into a new variant. Whatever goes wrong, no file stays behind.</summary>
/// <param name="registry">Knows the variants that a model has already.</param>
/// <param name="made">Gets the new variant.</param>
/// <param name="loader">Loads both models to compare their answers.</param>
/// <param name="time">The clock.</param>
public sealed class QuantizeWork(VariantRegistry registry, MadeVariants made, VariantLoader loader, TimeProvider time)
{
    /// <summary>Does the work. Takes all of one core.</summary>
    /// <param name="model">The model.</param>
    /// <param name="method">How activation ranges are drawn.</param>
    /// <param name="pictures">Preprocessed calibration pictures.</param>
    /// <param name="progress">Told step by step.</param>
    /// <param name="cancellationToken">Stops within one operator of the model.</param>
    /// <exception cref="InvalidModelException">The model's file is wrong.</exception>
    /// <exception cref="CalibrationException">A picture cannot be used, or an activation is not finite.</exception>
    /// <exception cref="QuantizationException">There is nothing to quantize, or the result does not run.</exception>
    public async Task<QuantizeResult> RunAsync(
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
        Directory.CreateDirectory(made.Folder);
        var path = Path.Combine(made.Folder, $"made-{Guid.NewGuid():N}.onnx");
        try
        {
            quantized.Save(path);
            var variant = await DescribeAsync(model, method, pictures.Count, path, cancellationToken);
            var agreement = await new AnswerAgreement(loader).MeasureAsync(
                model, made.FileOf(variant), variant.Options, pictures, steps.ReportComparison, cancellationToken);
            made.Add(variant);
            return Summarize(variant, quantized.Report, agreement, Stopwatch.GetElapsedTime(started));
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    private async Task<MadeVariant> DescribeAsync(Model model, ICalibrationMethod method, int pictures, string path, CancellationToken cancellationToken)
    {
        var taken = registry.VariantsOf(model).Select(variant => variant.Id).ToArray();
        var wished = $"{Precisions.Int8}-{Slug(method.Name)}";
        var id = MadeVariants.FreeId(wished, taken);
        return new MadeVariant
        {
            ModelId = model.Id,
            ModelSha256 = await HashAsync(model.File.Path, cancellationToken),
            Options = new VariantOptions
            {
                Id = id,
                Title = $"INT8 {method.Name}{id[wished.Length..].Replace('-', ' ')}",
                Description = string.Create(
                    CultureInfo.InvariantCulture,
                    $"Made here: statically quantized to 8-bit integers, {method.Name} calibration on {pictures:N0} pictures, one CPU thread."),
                Precision = Precisions.Int8,
            },
            File = Path.GetFileName(path),
            Sha256 = await HashAsync(path, cancellationToken),
            MadeAt = time.GetUtcNow(),
        };
    }

    private static QuantizeResult Summarize(MadeVariant variant, QuantizationReport report, double agreement, TimeSpan duration) => new()
    {
        VariantId = variant.Options.Id,
        Title = variant.Options.Title,
        Precision = variant.Options.Precision,
        Method = report.CalibrationMethod,
        CalibrationPictures = report.CalibrationPictures,
        ConvertedLayers = report.Quantized.Count,
        LeftInFloat = report.LeftInFloat,
        SizeBeforeBytes = report.SizeBeforeBytes,
        SizeAfterBytes = report.SizeAfterBytes,
        DurationMs = duration.TotalMilliseconds,
        Agreement = agreement,
    };

    // A method's name may carry a number with a point.
    private static string Slug(string name) => string.Concat(name.ToLowerInvariant().Select(character => char.IsAsciiLetterOrDigit(character) ? character : '-'));

    private static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
    }
}
