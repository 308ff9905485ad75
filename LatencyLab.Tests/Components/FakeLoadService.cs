using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Measurement.Load;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Sessions;
using LatencyLab.Web.History;
using LatencyLab.Web.Loads;

namespace LatencyLab.Tests.Components;

/// <summary>Load runs that are what the test says; remembers what the page asked.</summary>
internal sealed class FakeLoadService : ILoadService
{
    public const string JobId = "job1";

    public LoadSettings? Started { get; private set; }

    public List<string> Cancelled { get; } = [];

    public bool QueueIsFull { get; set; }

    public LoadLimits Limits { get; } = new() { MaxSeconds = 60 };

    public IReadOnlyList<ModelSummary> Models { get; } = [ZooExample.Model("cifar10_resnet9", "A <b>model</b>"), ZooExample.Model("small", "A small one")];

    public IReadOnlyList<JobStatus> Jobs { get; private set; } = [];

    /// <summary>A model that somebody has removed.</summary>
    public string? GoneId { get; set; }

    public IReadOnlyList<VariantStatus> Variants(string modelId) => modelId == GoneId ? throw new KeyNotFoundException() :
        modelId == "small" ? [Example.Status("control")] : [Example.Status("control"), Example.Status("int8")];

    public LoadStatus Start(LoadSettings settings)
    {
        if (QueueIsFull)
        {
            throw new JobQueueFullException(8);
        }
        Started = settings;
        Become(JobState.Running);
        return LoadStatus.Of(Jobs[0]);
    }

    public LoadStatus? Cancel(string id)
    {
        Cancelled.Add(id);
        Become(JobState.Cancelled);
        return LoadStatus.Of(Jobs[0]);
    }

    /// <summary>Brings the one job into a state.</summary>
    public void Become(JobState state, LoadResult? result = null, string? runId = null) => Jobs =
    [
        new JobStatus
        {
            Id = JobId,
            Kind = LoadStatus.RunKind,
            Title = "Load on INT8",
            State = state,
            Step = state == JobState.Running ? "measuring" : null,
            Progress = state == JobState.Running ? 0.25 : null,
            CreatedAt = DateTimeOffset.UnixEpoch,
            FinishedAt = state is JobState.Running or JobState.Queued ? null : DateTimeOffset.UnixEpoch,
            Result = result is null ? null : new RecordedRun<LoadResult>(result, runId),
        },
    ];
}
