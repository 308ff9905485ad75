using System.Collections.Concurrent;
using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Sessions;
using LatencyLab.Inference.Sweeps;

namespace LatencyLab.Web.Profiles;

/// <summary>Profiles as jobs: one at a time, cancellable, resumable even after the application has ended.</summary>
internal sealed class ProfileService(VariantRegistry registry, SweepRunner sweeps, JobRunner jobs, ProfileStore store, TimeProvider time)
{
    /// <summary>Kind of the jobs.</summary>
    public const string JobKind = "profile";
    private readonly ConcurrentDictionary<string, (SweepHeader Header, string JobId)> _started = new();

    /// <summary>All profiles without their results, the newest first.</summary>
    public IReadOnlyList<ProfileStatus> All =>
        [.. store.Done.Concat(store.Begun).Distinct().Select(Find).OfType<ProfileStatus>().Select(status => status with { Result = null })
            .OrderByDescending(status => status.CreatedAt)];

    /// <summary>Begins a profile.</summary>
    /// <exception cref="SweepException">The settings make no sense.</exception>
    /// <exception cref="KeyNotFoundException">There is no such model or variant.</exception>
    /// <exception cref="JobQueueFullException">Too many jobs wait.</exception>
    public ProfileStatus Start(SweepSettings settings)
    {
        var header = SweepRunner.Begin(settings, time.GetUtcNow());
        Entries(settings);
        store.Begin(header);
        return Enqueue(header);
    }

    /// <summary>Goes on with a profile that was cancelled or interrupted; one that runs or is done stays as it is.</summary>
    /// <exception cref="KeyNotFoundException">There is no such profile, or its model or variants are gone.</exception>
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

    /// <summary>Stops a profile; what was measured is kept.</summary>
    /// <exception cref="KeyNotFoundException">There is no such profile.</exception>
    public ProfileStatus Cancel(string id)
    {
        if (_started.TryGetValue(id, out var started))
        {
            jobs.Cancel(started.JobId);
        }
        return Find(id) ?? throw Unknown(id);
    }

    /// <summary>A profile, with its result when it is done; null where there is none.</summary>
    public ProfileStatus? Find(string id)
    {
        if (store.Find(id) is { } result)
        {
            return new ProfileStatus { Id = id, CreatedAt = result.CreatedAt, Settings = result.Settings, State = JobState.Done, Progress = 1, Result = result };
        }
        if (_started.TryGetValue(id, out var started) && jobs.Find(started.JobId) is { } job)
        {
            return new ProfileStatus
            {
                Id = id, CreatedAt = started.Header.CreatedAt, Settings = started.Header.Settings, State = job.State, Step = job.Step,
                Progress = job.Progress, RemainingMs = job.RemainingMs, Message = job.Message,
            };
        }
        using var journal = store.Open(id);
        return journal is null
            ? null
            : new ProfileStatus { Id = id, CreatedAt = journal.Header.CreatedAt, Settings = journal.Header.Settings, State = JobState.Cancelled };
    }

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
        var job = jobs.Start(JobKind, $"Profile of {header.Settings.ModelId}", header.Settings.ModelId, async (progress, cancellationToken) =>
        {
            progress.Report(new JobProgress("loading the variants"));
            var entries = Entries(header.Settings);
            await Task.WhenAll(entries.Select(entry => entry.Settled)).WaitAsync(cancellationToken);
            Variant[] variants = [.. entries.Select(entry => entry.Variant ?? throw new SweepException($"{entry.Options.Title} is not ready: {entry.Status.Message}"))];
            store.Keep(await MeasureAsync(header.Id, variants, progress, cancellationToken));
            return null;
        });
        _started[header.Id] = (header, job.Id);
        return Find(header.Id)!;
    }

    private async Task<SweepResult> MeasureAsync(string id, Variant[] variants, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        using var journal = store.Open(id) ?? throw Unknown(id);
        return await sweeps.RunAsync(journal, variants, new StepOf(progress), cancellationToken);
    }

    private sealed class StepOf(IProgress<JobProgress> progress) : IProgress<SweepProgress>
    {
        public void Report(SweepProgress value) => progress.Report(new JobProgress(value.Step, value.Share));
    }
}
