using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Models;

namespace LatencyLab.Inference.Optimization.Jobs;

/// <summary>Quantizes models as jobs; each result is a new variant of its model.</summary>
/// <param name="catalogue">The models.</param>
/// <param name="queue">Runs the jobs.</param>
/// <param name="work">Does the work.</param>
/// <param name="pictures">Finds the calibration pictures.</param>
public sealed class QuantizeJobs(ModelCatalogue catalogue, JobRunner queue, QuantizeWork work, JobPictures pictures)
{
    /// <summary>The kind of these jobs.</summary>
    public const string Kind = "quantize";

    /// <summary>What can be made.</summary>
    public static IReadOnlyList<string> Precisions { get; } = [Models.Precisions.Int8, Models.Precisions.Fp16];

    /// <summary>Checks a request and puts it in the queue.</summary>
    /// <exception cref="KeyNotFoundException">There is no such model.</exception>
    /// <exception cref="OptimizationRefusedException">An option makes no sense; the message names it.</exception>
    /// <exception cref="JobQueueFullException">Too many jobs wait already.</exception>
    public JobStatus Start(QuantizeRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var model = catalogue[request.ModelId];
        if (!Precisions.Contains(request.Precision))
        {
            throw new OptimizationRefusedException($"`precision` must be {string.Join(" or ", Precisions)}, not `{request.Precision}`.");
        }
        if (request.Precision == Models.Precisions.Fp16)
        {
            JobQuantizationOptions.RefuseForFp16(request);
            var compared = pictures.Find(request.Pictures, model, request.MaxPictures);
            return queue.Start(Kind, $"{model.Title} to FP16", model.Id,
                async (progress, cancellationToken) => await work.ToFp16Async(model, compared, progress, cancellationToken));
        }
        var options = JobQuantizationOptions.Of(request, model);
        var calibration = pictures.Require(request.Pictures, model, request.MaxPictures);
        if (request.MaxDropPoints is not null && calibration.Count < 2)
        {
            throw new OptimizationRefusedException("With `maxDrop`, some pictures calibrate and the others judge: that takes two or more.");
        }
        return queue.Start(Kind, $"{model.Title} to INT8, {options.Calibration.Name}", model.Id,
            async (progress, cancellationToken) => await work.ToInt8Async(model, options, calibration, request.MaxDropPoints, progress, cancellationToken));
    }
}
