using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Calibration;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Inference.Optimization.Quantization;
using LatencyLab.Inference.Optimization.Sensitivity;

namespace LatencyLab.Inference.Optimization.Jobs;

/// <summary>Finds out as jobs which layers of a model cost how much in INT8.</summary>
/// <param name="catalogue">The models.</param>
/// <param name="queue">Runs the jobs.</param>
/// <param name="pictures">Finds the pictures: every other one calibrates, the rest judge.</param>
public sealed class SensitivityJobs(ModelCatalogue catalogue, JobRunner queue, JobPictures pictures)
{
    /// <summary>The kind of these jobs; their result is a <see cref="SensitivityReport"/>.</summary>
    public const string Kind = "sensitivity";

    /// <summary>Checks a request and puts it in the queue.</summary>
    /// <exception cref="KeyNotFoundException">There is no such model.</exception>
    /// <exception cref="OptimizationRefusedException">An option makes no sense, or there are fewer than two pictures or too many.</exception>
    /// <exception cref="JobQueueFullException">Too many jobs wait already.</exception>
    public JobStatus Start(SensitivityRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var model = catalogue[request.ModelId];
        var options = JobQuantizationOptions.Of(request);
        var all = pictures.Require(request.Pictures, model, request.MaxPictures);
        if (all.Count < 2)
        {
            throw new OptimizationRefusedException("Half of the pictures calibrate and the others judge: that takes two or more.");
        }
        return queue.Start(Kind, $"Sensitivity of {model.Title}", model.Id, async (progress, cancellationToken) =>
        {
            progress.Report(new JobProgress("calibrating"));
            await model.File.VerifyAsync(cancellationToken);
            return Run(model, all, options, new ProbedShare(progress), cancellationToken);
        });
    }

    private static SensitivityReport Run(
        Model model, ICalibrationSource all, QuantizationOptions options, IProgress<double> progress, CancellationToken cancellationToken) =>
        SensitivityAnalysis.Run(
            model.Id, OnnxModelFile.Load(model.File.Path), new EveryOtherPicture(all, 0),
            HeldPictures.Of(new EveryOtherPicture(all, 1), cancellation: cancellationToken), options, progress, cancellationToken);

    private sealed class ProbedShare(IProgress<JobProgress> progress) : IProgress<double>
    {
        public void Report(double value) => progress.Report(new JobProgress("probing layers", value));
    }
}
