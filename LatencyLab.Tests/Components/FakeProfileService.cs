using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Sessions;
using LatencyLab.Inference.Sweeps;
using LatencyLab.Tests.Sweeps;
using LatencyLab.Web.Profiles;

namespace LatencyLab.Tests.Components;

/// <summary>Profiles that are what the test says; remembers what the page asked.</summary>
internal sealed class FakeProfileService : IProfileService
{
    public List<string> Asked { get; } = [];

    public SweepSettings? Started { get; private set; }

    public ShapeFreedom Freedom { get; set; } = new(null, null);

    public Dictionary<string, ProfileStatus> Profiles { get; } = [];

    public bool QueueIsFull { get; set; }

    public IReadOnlyList<ModelSummary> Models { get; } = [ZooExample.Model("cifar10_resnet9", "A <b>model</b>"), ZooExample.Model("small", "A small one")];

    public IReadOnlyList<ProfileStatus> Unfinished => [.. Profiles.Values.Where(profile => profile.State != JobState.Done)];

    /// <summary>A model that somebody has removed.</summary>
    public string? GoneId { get; set; }

    public IReadOnlyList<VariantStatus> Variants(string modelId) => modelId == GoneId ? throw new KeyNotFoundException() : [Example.Status("control"), Example.Status("int8")];

    public Task<ShapeFreedom> FreedomAsync(string modelId, CancellationToken cancellationToken) => Task.FromResult(Freedom);

    public ProfileStatus Start(SweepSettings settings)
    {
        if (QueueIsFull)
        {
            throw new JobQueueFullException(8);
        }
        if (settings.Problem() is { } problem)
        {
            throw new SweepException(problem);
        }
        Started = settings;
        return Become(SweepExample.Id, JobState.Running);
    }

    public ProfileStatus Resume(string id)
    {
        Asked.Add($"resume {id}");
        return Become(id, JobState.Running);
    }

    public ProfileStatus Cancel(string id)
    {
        Asked.Add($"cancel {id}");
        return Become(id, JobState.Cancelled);
    }

    public void Remove(string id)
    {
        Asked.Add($"remove {id}");
        Profiles.Remove(id);
    }

    public ProfileStatus? Find(string id) => Profiles.GetValueOrDefault(id);

    public Task<ProfileStatus?> FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult(Find(id));

    /// <summary>Brings a profile into a state.</summary>
    public ProfileStatus Become(string id, JobState state, SweepResult? result = null, string? message = null) => Profiles[id] = new ProfileStatus
    {
        Id = id,
        CreatedAt = new DateTimeOffset(2026, 3, 14, 9, 26, 0, TimeSpan.Zero),
        Settings = Started ?? SweepExample.Settings,
        State = state,
        Step = state == JobState.Running ? "int8, 32 px, batch 4" : null,
        Progress = state == JobState.Running ? 0.4 : state == JobState.Done ? 1 : null,
        RemainingMs = state == JobState.Running ? 12_000 : null,
        Message = message,
        Result = result,
    };
}
