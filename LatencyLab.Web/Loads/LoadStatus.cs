using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Measurement.Load;
using LatencyLab.Web.History;

namespace LatencyLab.Web.Loads;

/// <summary>A load run and how far it is.</summary>
public sealed record LoadStatus
{
    /// <summary>Kind of load runs, among jobs and in the history.</summary>
    public const string RunKind = "load";

    /// <summary>Identifier of the job.</summary>
    public required string Id { get; init; }

    /// <summary>What it does, for people.</summary>
    public required string Title { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How far it is.</summary>
    public required JobState State { get; init; }

    /// <summary>What it does now, in words; null unless it runs.</summary>
    public string? Step { get; init; }

    /// <summary>Share of warm-up and measurement that is over, 0 to 1; null while unknown.</summary>
    public double? Progress { get; init; }

    /// <summary>Estimate of the time that is left, in milliseconds; null while unknown.</summary>
    public double? RemainingMs { get; init; }

    /// <summary>Why it failed; null otherwise.</summary>
    public string? Message { get; init; }

    /// <summary>Identifier in the history; null before it is done, and where it could not be saved.</summary>
    public string? RunId { get; init; }

    /// <summary>What <c>latencylab load --json</c> prints; null before it is done, and in lists.</summary>
    public LoadResult? Result { get; init; }

    internal static LoadStatus Of(JobStatus job)
    {
        var run = job.Result as RecordedRun<LoadResult>;
        return new LoadStatus
        {
            Id = job.Id,
            Title = job.Title,
            CreatedAt = job.CreatedAt,
            State = job.State,
            Step = job.Step,
            Progress = job.Progress,
            RemainingMs = job.RemainingMs,
            Message = job.Message,
            RunId = run?.RunId,
            Result = run?.Result,
        };
    }
}
