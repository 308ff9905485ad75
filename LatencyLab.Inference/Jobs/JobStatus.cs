namespace LatencyLab.Inference.Jobs;

/// <summary>What is known of a job at one moment.</summary>
public sealed record JobStatus
{
    /// <summary>Identifier.</summary>
    public required string Id { get; init; }

    /// <summary>What kind of work it is, a stable name for programs: <c>quantize</c>, <c>prune</c>, <c>layers</c>, …</summary>
    public required string Kind { get; init; }

    /// <summary>What it does, for people.</summary>
    public required string Title { get; init; }

    /// <summary>The model that it works on; null where it works on several.</summary>
    public string? ModelId { get; init; }

    /// <summary>How far it is.</summary>
    public required JobState State { get; init; }

    /// <summary>What it is doing, in words; null unless it runs.</summary>
    public string? Step { get; init; }

    /// <summary>Share of the work that is done, 0 to 1; null while unknown.</summary>
    public double? Progress { get; init; }

    /// <summary>Estimate of the time that is left, in milliseconds; null while unknown.</summary>
    public double? RemainingMs { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it began; null while it waits.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended, one way or another; null before.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Why it failed, and what to do; null otherwise.</summary>
    public string? Message { get; init; }

    /// <summary>What came out, a record of its own for each kind of job; null before it is done, and where the result is kept elsewhere.</summary>
    public object? Result { get; init; }

    /// <summary>Whether it waits or runs.</summary>
    public bool IsActive => State is JobState.Queued or JobState.Running;
}
