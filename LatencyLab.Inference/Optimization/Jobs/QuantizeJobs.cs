using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Calibration;

namespace LatencyLab.Inference.Optimization.Jobs;

/// <summary>Quantizes models as jobs; each result is a new variant of its model.</summary>
/// <param name="catalogue">The models.</param>
/// <param name="queue">Runs the jobs.</param>
/// <param name="work">Does the work.</param>
/// <param name="settings">Where calibration pictures come from unless they are sent.</param>
/// <param name="decoder">Decodes calibration pictures.</param>
public sealed class QuantizeJobs(ModelCatalogue catalogue, JobRunner queue, QuantizeWork work, QuantizeSettings settings, IImageDecoder decoder)
{
    /// <summary>The kind of these jobs.</summary>
    public const string Kind = "quantize";

    /// <summary>What can be made.</summary>
    public static IReadOnlyList<string> Precisions { get; } = [Models.Precisions.Int8, Models.Precisions.Fp16];

    /// <summary>Pictures that the configured folder offers; 0 where none is configured.</summary>
    public int ConfiguredPictures { get; } =
        settings.CalibrationPath is { } path ? CalibrationPictures.Find(path, settings.CalibrationPictures).Count : 0;

    /// <summary>Checks a request and puts it in the queue.</summary>
    /// <exception cref="KeyNotFoundException">There is no such model.</exception>
    /// <exception cref="QuantizeRefusedException">An option makes no sense; the message names it.</exception>
    /// <exception cref="JobQueueFullException">Too many jobs wait already.</exception>
    public JobStatus Start(QuantizeRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var model = catalogue[request.ModelId];
        if (!Precisions.Contains(request.Precision))
        {
            throw new QuantizeRefusedException($"`precision` must be {string.Join(" or ", Precisions)}, not `{request.Precision}`.");
        }
        if (request.Precision == Models.Precisions.Fp16)
        {
            var compared = Pictures(request, model);
            return queue.Start(Kind, $"{model.Title} to FP16", model.Id,
                async (progress, cancellationToken) => await work.ToFp16Async(model, compared, progress, cancellationToken));
        }
        var method = MethodOf(request);
        var pictures = Pictures(request, model) ?? throw new QuantizeRefusedException(
            "There are no calibration pictures. Send some like those the model will meet, or set LatencyLab:CalibrationPath to a folder of them.");
        return queue.Start(Kind, $"{model.Title} to INT8, {method.Name}", model.Id,
            async (progress, cancellationToken) => await work.ToInt8Async(model, method, pictures, progress, cancellationToken));
    }

    private static ICalibrationMethod MethodOf(QuantizeRequest request)
    {
        try
        {
            return CalibrationMethods.Parse(request.Method);
        }
        catch (FormatException error)
        {
            throw new QuantizeRefusedException($"`method`: {error.Message}");
        }
    }

    private ICalibrationSource? Pictures(QuantizeRequest request, Model model)
    {
        if (request.Pictures is { } sent)
        {
            return sent.Count is > 0 and <= QuantizeSettings.MaxSentPictures
                ? new EncodedCalibrationSource(sent, decoder, model.Preprocessing)
                : throw new QuantizeRefusedException($"Send 1 to {QuantizeSettings.MaxSentPictures} calibration pictures, not {sent.Count}.");
        }
        var found = settings.CalibrationPath is { } path ? CalibrationPictures.Find(path, settings.CalibrationPictures) : [];
        return found.Count > 0 ? new PictureCalibrationSource(found, decoder, model.Preprocessing) : null;
    }
}
