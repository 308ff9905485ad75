using System.Globalization;
using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Inference.Optimization.Pruning;

namespace LatencyLab.Inference.Optimization.Jobs;

/// <summary>Prunes models as jobs. The same request writes the same file again, so that repeating it takes no further space.</summary>
/// <param name="catalogue">The models.</param>
/// <param name="queue">Runs the jobs.</param>
/// <param name="folder">Where the pruned files go; created when needed.</param>
public sealed class PruneJobs(ModelCatalogue catalogue, JobRunner queue, string folder)
{
    /// <summary>The kind of these jobs; their result is a <see cref="PruneResult"/>.</summary>
    public const string Kind = "prune";

    /// <summary>Checks a request and puts it in the queue.</summary>
    /// <exception cref="KeyNotFoundException">There is no such model.</exception>
    /// <exception cref="OptimizationRefusedException">An option makes no sense; the message names it.</exception>
    /// <exception cref="JobQueueFullException">Too many jobs wait already.</exception>
    public JobStatus Start(PruneRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var model = catalogue[request.ModelId];
        var options = OptionsOf(request);
        RefuseUnknownLayers(model, options.Skip);
        var file = PrunedFileName.Of(request);
        return queue.Start(Kind, $"{model.Title}, pruned", model.Id, async (progress, cancellationToken) =>
        {
            progress.Report(new JobProgress("removing channels"));
            await model.File.VerifyAsync(cancellationToken);
            var pruned = StructuredPruner.Prune(model.File.Path, options, PictureShape(model), cancellationToken);
            Directory.CreateDirectory(folder);
            pruned.Save(Path.Combine(folder, file));
            return new PruneResult(file, pruned.Report);
        });
    }

    /// <summary>The file that a job has written, or null when there is none.</summary>
    /// <param name="job">A job of this kind that is done.</param>
    public string? PathOf(JobStatus job)
    {
        ArgumentNullException.ThrowIfNull(job);
        return job.Result is PruneResult result && Path.Combine(folder, result.File) is var path && File.Exists(path) ? path : null;
    }

    private static PruningOptions OptionsOf(PruneRequest request)
    {
        if (request.Keep is not null && request.MultiplyAdds is not null)
        {
            throw new OptimizationRefusedException("`keep` and `multiplyAdds` exclude each other.");
        }
        RefuseUnlessShare(request.Keep, "keep");
        RefuseUnlessShare(request.MultiplyAdds, "multiplyAdds");
        RefuseUnlessPositive(request.Round, "round");
        RefuseUnlessPositive(request.Minimum, "minimum");
        return new PruningOptions
        {
            KeepShare = request.Keep ?? PruningOptions.DefaultKeepShare,
            MultiplyAccumulatesShare = request.MultiplyAdds,
            Criterion = CriterionOf(request),
            Allocation = request.Uniform ? PruningAllocation.Uniform : PruningAllocation.Global,
            RoundTo = request.Round,
            MinimumChannels = request.Minimum,
            Skip = request.Skip,
        };
    }

    private static int[] PictureShape(Model model) => [3, model.Preprocessing.HeightPx, model.Preprocessing.WidthPx];

    private static void RefuseUnknownLayers(Model model, IReadOnlyCollection<string> skip)
    {
        if (skip.Count == 0)
        {
            return;
        }
        try
        {
            if (StructuredPruner.UnknownLayer(OnnxModelFile.Load(model.File.Path), skip, PictureShape(model)) is { } unknown)
            {
                throw new OptimizationRefusedException($"`skip`: {unknown}");
            }
        }
        catch (Exception error) when (error is InvalidModelException or PruningException)
        {
            // The file is at fault, not the option: the job says so, as it does without the option.
        }
    }

    private static PruningCriterion CriterionOf(PruneRequest request)
    {
        try
        {
            return PruningCriteria.Parse(request.By);
        }
        catch (FormatException error)
        {
            throw new OptimizationRefusedException($"`by`: {error.Message}");
        }
    }

    private static void RefuseUnlessShare(double? value, string option)
    {
        if (value is not (null or (> 0 and <= 1)))
        {
            throw new OptimizationRefusedException(string.Create(CultureInfo.InvariantCulture, $"`{option}` must be above 0 and 1 at most, not {value}."));
        }
    }

    private static void RefuseUnlessPositive(int value, string option)
    {
        if (value < 1)
        {
            throw new OptimizationRefusedException(string.Create(CultureInfo.InvariantCulture, $"`{option}` must be 1 or more, not {value}."));
        }
    }
}
