using System.Collections.Concurrent;
using LatencyLab.Inference.Hosting;
using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Runtime;
using LatencyLab.Inference.Sessions;
using LatencyLab.Inference.Sweeps;
using LatencyLab.Web.History;
using LatencyLab.Web.History.Kinds;
using Microsoft.Extensions.Options;

namespace LatencyLab.Web.Profiles;

/// <summary>
/// Profiles as jobs: one at a time, cancellable, resumable even after the application has ended, and one run of the history from their
/// beginning however often they are resumed.
/// </summary>
internal sealed class ProfileService(
    VariantRegistry registry, SweepRunner sweeps, JobRunner jobs, ProfileStore store, IRunHistory history, RunKinds kinds,
    IOptions<LatencyLabOptions> options, TimeProvider time) : IProfileService
{
    /// <summary>Kind of the jobs.</summary>
    public const string JobKind = ProfileStatus.RunKind;
    private readonly ConcurrentDictionary<string, (SweepHeader Header, string JobId)> _started = new();

    public IReadOnlyList<ModelSummary> Models =>
        [.. registry.Catalogue.Models.OrderBy(model => model.Id != options.Value.DefaultModel).Select(ModelSummary.Of)];

    public IReadOnlyList<VariantStatus> Variants(string modelId) =>
        [.. registry.Entries(modelId).Where(entry => entry.Options.Remote is null).Select(entry => entry.Status)];

    public Task<ShapeFreedom> FreedomAsync(string modelId, CancellationToken cancellationToken)
    {
        var model = registry.Catalogue[modelId];
        return Task.Run(() => ShapeFreedom.Of(model.File, model.Card.Input.Name), cancellationToken);
    }

    public IReadOnlyList<ProfileStatus> Unfinished =>
        [.. store.Begun.Select(Find).OfType<ProfileStatus>().OrderByDescending(status => status.CreatedAt)];

    /// <summary>All profiles that were begun here, without their results, the newest first.</summary>
    public IReadOnlyList<ProfileStatus> All =>
        [.. store.Done.Concat(store.Begun).Distinct().Select(Find).OfType<ProfileStatus>().Select(status => status with { Result = null })
            .OrderByDescending(status => status.CreatedAt)];

    public ProfileStatus Start(SweepSettings settings)
    {
        var header = SweepRunner.Begin(settings, time.GetUtcNow());
        Entries(settings);
        store.Begin(header);
        return Enqueue(header);
    }

    public ProfileStatus Resume(string id)
    {
        var status = Find(id) ?? throw Unknown(id);
        if (status.State is JobState.Done || IsActive(status))
        {
            return status;
        }
        Entries(status.Settings);
        return Enqueue(new SweepHeader { Id = id, CreatedAt = status.CreatedAt, Cpu = "", Settings = status.Settings });
    }

    public ProfileStatus Cancel(string id)
    {
        if (_started.TryGetValue(id, out var started))
        {
            jobs.Cancel(started.JobId);
        }
        return Find(id) ?? throw Unknown(id);
    }

    public void Remove(string id)
    {
        if (Find(id) is { } status && !IsActive(status))
        {
            store.Remove(id);
            _started.TryRemove(id, out _);
        }
    }

    public async Task<ProfileStatus?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (Find(id) is { } known)
        {
            return known;
        }
        var kind = kinds.Of<SweepResult>();
        return await history.FindAsync(id, cancellationToken) is { Payload: { } payload } run && run.Kind == kind.Id ? Done(id, kind.Parse(payload)) : null;
    }

    public ProfileStatus? Find(string id)
    {
        if (store.Find(id) is { } result)
        {
            return Done(id, result);
        }
        if (_started.TryGetValue(id, out var started) && jobs.Find(started.JobId) is { } job)
        {
            return new ProfileStatus
            {
                Id = id, CreatedAt = started.Header.CreatedAt, Settings = started.Header.Settings, State = job.State, Step = job.Step,
                Progress = job.Progress, RemainingMs = job.RemainingMs, Message = job.Message,
            };
        }
        return store.HeaderOf(id) is { } header
            ? new ProfileStatus { Id = id, CreatedAt = header.CreatedAt, Settings = header.Settings, State = JobState.Cancelled }
            : null;
    }

    private static ProfileStatus Done(string id, SweepResult result) =>
        new() { Id = id, CreatedAt = result.CreatedAt, Settings = result.Settings, State = JobState.Done, Progress = 1, Result = result };

    private static bool IsActive(ProfileStatus status) => status.State is JobState.Queued or JobState.Running;

    private static KeyNotFoundException Unknown(string id) => new($"There is no profile `{id}`.");

    private IReadOnlyList<VariantEntry> Entries(SweepSettings settings)
    {
        var entries = registry.Entries(settings.ModelId, settings.VariantIds.ToArray());
        var remote = entries.FirstOrDefault(entry => entry.Options.Remote is not null);
        return remote is null
            ? entries
            : throw new SweepException($"Variant `{remote.Options.Id}` runs on another machine: its sessions cannot be made here. Leave it out.");
    }

    private ProfileStatus Enqueue(SweepHeader header)
    {
        var job = jobs.Start(JobKind, TitleOf(header.Settings), header.Settings.ModelId, async (progress, cancellationToken) =>
        {
            var run = await history.RecordAsync(
                header.Id, header.CreatedAt, BeginningOf(header.Settings), token => MeasureAsync(header, progress, token), cancellationToken);
            // Last: a profile that is done here is done in the history too.
            store.Keep(run.Result);
            return null;
        });
        _started[header.Id] = (header, job.Id);
        return Find(header.Id)!;
    }

    private async Task<SweepResult> MeasureAsync(SweepHeader header, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        progress.Report(new JobProgress("loading the variants"));
        var entries = Entries(header.Settings);
        await Task.WhenAll(entries.Select(entry => entry.Settled)).WaitAsync(cancellationToken);
        Variant[] variants = [.. entries.Select(entry => entry.Variant ?? throw new SweepException($"{entry.Options.Title} is not ready: {entry.Status.Message}"))];
        using var journal = store.Open(header.Id) ?? throw Unknown(header.Id);
        return await sweeps.RunAsync(journal, variants, new StepOf(progress), cancellationToken);
    }

    private static string TitleOf(SweepSettings settings) => $"Profile of {settings.ModelId}";

    private static RunDescription BeginningOf(SweepSettings settings) => new()
    {
        Title = TitleOf(settings),
        Environment = EnvironmentProbe.Read(),
        ModelIds = [settings.ModelId],
        VariantIds = settings.VariantIds,
    };

    private sealed class StepOf(IProgress<JobProgress> progress) : IProgress<SweepProgress>
    {
        public void Report(SweepProgress value) => progress.Report(new JobProgress(value.Step, value.Share));
    }
}
