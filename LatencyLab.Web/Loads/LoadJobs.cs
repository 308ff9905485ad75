using LatencyLab.Inference.Hosting;
using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Measurement.Load;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Runtime;
using LatencyLab.Inference.Sessions;
using LatencyLab.Web.Comparisons;
using LatencyLab.Web.History;
using Microsoft.Extensions.Options;

namespace LatencyLab.Web.Loads;

/// <summary>Load runs as jobs: one at a time, cancellable, kept in the history from their beginning.</summary>
internal sealed class LoadJobs(
    VariantRegistry registry, ClassifierGate gate, ComparisonService comparisons, JobRunner jobs, IRunHistory history, LoadSource source,
    IOptions<LoadLimits> limits, IOptions<LatencyLabOptions> options) : ILoadService
{
    /// <summary>Kind of the jobs.</summary>
    public const string JobKind = LoadStatus.RunKind;

    private const string SourceName = "A load run";

    public LoadLimits Limits => limits.Value;

    public IReadOnlyList<ModelSummary> Models =>
        [.. registry.Catalogue.Models.OrderBy(model => model.Id != options.Value.DefaultModel).Select(ModelSummary.Of)];

    public IReadOnlyList<VariantStatus> Variants(string modelId) => [.. registry.Entries(modelId).Select(entry => entry.Status)];

    public IReadOnlyList<JobStatus> Jobs => [.. jobs.All.Where(job => job.Kind == JobKind)];

    /// <summary>The load runs that are known, without their results, the newest first.</summary>
    public IReadOnlyList<LoadStatus> All => [.. Jobs.Select(LoadStatus.Of).Select(status => status with { Result = null })];

    public LoadStatus Start(LoadSettings settings)
    {
        if (settings.Problem(limits.Value) is { } problem)
        {
            throw new LoadRefusedException(problem);
        }
        source.RefuseBesideOthers(SourceName);
        var entry = registry.Entries(settings.ModelId, [settings.VariantId])[0];
        // Now: while the run waits for its turn, an uploaded picture may expire.
        var picture = settings.ImageId is { } imageId ? Picture(imageId) : null;
        var job = jobs.Start(JobKind, $"Load on {entry.Options.Title}", settings.ModelId, async (progress, cancellationToken) =>
        {
            progress.Report(new JobProgress($"loading {entry.Options.Title}"));
            await entry.Settled.WaitAsync(cancellationToken);
            var variant = entry.Variant ?? throw new LoadRefusedException($"{entry.Options.Title} is not ready: {entry.Status.Message}");
            var target = picture is null
                ? new VariantLoadTarget(variant, gate)
                : new VariantLoadTarget(variant, gate, [picture.Encoded]) { PictureNames = [picture.Facts.Name] };
            using var place = source.Take(SourceName);
            return await MeasureAsync(target, settings, progress, cancellationToken);
        });
        return LoadStatus.Of(job);
    }

    /// <summary>A load run, with its result when it is done; null where there is none.</summary>
    public LoadStatus? Find(string id) => jobs.Find(id) is { Kind: JobKind } job ? LoadStatus.Of(job) : null;

    public LoadStatus? Cancel(string id)
    {
        if (Find(id) is not null)
        {
            jobs.Cancel(id);
        }
        return Find(id);
    }

    private StoredImage Picture(string id) => comparisons.FindStored(id)
        ?? throw new KeyNotFoundException($"There is no picture `{id}`; uploaded pictures are kept for a limited time. Send it again.");

    private Task<RecordedRun<LoadResult>> MeasureAsync(
        VariantLoadTarget target, LoadSettings settings, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        var beginning = new RunDescription
        {
            Title = $"Load on {settings.VariantId}",
            Environment = EnvironmentProbe.Read(),
            ModelIds = [settings.ModelId],
            VariantIds = [settings.VariantId],
        };
        return history.RecordAsync(
            beginning, token => LoadRun.Start(target, settings.ToOptions(), new StepOf(progress), token).Completion, cancellationToken);
    }

    private sealed class StepOf(IProgress<JobProgress> progress) : IProgress<LoadSnapshot>
    {
        public void Report(LoadSnapshot value) => progress.Report(new JobProgress(
            value.Phase switch
            {
                LoadPhase.Warmup => "warming up",
                LoadPhase.Finishing => "waiting for the last answers",
                _ => "measuring",
            },
            value.Progress));
    }
}
