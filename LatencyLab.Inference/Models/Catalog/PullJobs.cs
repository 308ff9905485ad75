using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Models.Import;

namespace LatencyLab.Inference.Models.Catalog;

/// <summary>Pulls published models as jobs.</summary>
/// <param name="puller">Fetches them.</param>
/// <param name="queue">Runs the jobs.</param>
public sealed class PullJobs(ModelPuller puller, JobRunner queue)
{
    /// <summary>The kind of these jobs; <see cref="JobStatus.ModelId"/> is the published model, the result a <see cref="ModelSummary"/> with its notes.</summary>
    public const string Kind = "pull";

    /// <summary>Puts a download in the queue.</summary>
    /// <param name="id">Identifier in the list of published models.</param>
    /// <exception cref="KeyNotFoundException">There is no such published model.</exception>
    /// <exception cref="ModelRefusedException">The model is here already.</exception>
    /// <exception cref="JobQueueFullException">Too many jobs wait already.</exception>
    public JobStatus Start(string id)
    {
        var entry = puller.Published[id];
        puller.RefuseTaken(entry.Id);
        return queue.Start(Kind, $"Pulling {entry.Title}", entry.Id, async (progress, cancellationToken) =>
        {
            progress.Report(new JobProgress("connecting"));
            var pulled = await puller.PullAsync(entry.Id, new PulledShare(progress), cancellationToken);
            return ModelSummary.Of(pulled.Model) with { Notes = pulled.Notes };
        });
    }

    private sealed class PulledShare(IProgress<JobProgress> progress) : IProgress<double>
    {
        public void Report(double value) => progress.Report(new JobProgress("downloading", value));
    }
}
