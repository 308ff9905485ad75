using System.Globalization;
using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Models;
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

    private static readonly Dictionary<string, PruningCriterion> CriterionOf = new()
    {
        ["l1"] = PruningCriterion.L1,
        ["batchnorm"] = PruningCriterion.BatchNorm,
    };

    /// <summary>What can say how much a channel matters.</summary>
    public static IReadOnlyCollection<string> Criteria => CriterionOf.Keys;

    /// <summary>Checks a request and puts it in the queue.</summary>
    /// <exception cref="KeyNotFoundException">There is no such model.</exception>
    /// <exception cref="OptimizationRefusedException">An option makes no sense; the message names it.</exception>
    /// <exception cref="JobQueueFullException">Too many jobs wait already.</exception>
    public JobStatus Start(PruneRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var model = catalogue[request.ModelId];
        var options = OptionsOf(request);
        var file = FileName(request);
        return queue.Start(Kind, $"{model.Title}, pruned", model.Id, async (progress, cancellationToken) =>
        {
            progress.Report(new JobProgress("removing channels"));
            await model.File.VerifyAsync(cancellationToken);
            var pruned = StructuredPruner.Prune(
                model.File.Path, options, [3, model.Preprocessing.HeightPx, model.Preprocessing.WidthPx], cancellationToken);
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
        if (!CriterionOf.TryGetValue(request.By, out var criterion))
        {
            throw new OptimizationRefusedException($"`by` must be {string.Join(" or ", Criteria)}, not `{request.By}`.");
        }
        RefuseUnlessShare(request.Keep, "keep");
        RefuseUnlessShare(request.MultiplyAdds ?? 1, "multiplyAdds");
        return new PruningOptions
        {
            KeepShare = request.Keep,
            MultiplyAccumulatesShare = request.MultiplyAdds,
            Criterion = criterion,
            Allocation = request.Uniform ? PruningAllocation.Uniform : PruningAllocation.Global,
        };
    }

    private static string FileName(PruneRequest request)
    {
        var share = request.MultiplyAdds is { } multiplyAdds ? Text($"{multiplyAdds}-macs") : Text($"{request.Keep}-channels");
        return $"{request.ModelId}-{share}-{request.By}{(request.Uniform ? "-uniform" : "")}.onnx";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void RefuseUnlessShare(double value, string option)
    {
        if (!(value > 0 && value <= 1))
        {
            throw new OptimizationRefusedException(string.Create(CultureInfo.InvariantCulture, $"`{option}` must be above 0 and 1 at most, not {value}."));
        }
    }
}
