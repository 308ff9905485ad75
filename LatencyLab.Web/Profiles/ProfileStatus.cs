using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Sweeps;

namespace LatencyLab.Web.Profiles;

/// <summary>A profile and how far it is.</summary>
public sealed record ProfileStatus
{
    /// <summary>Kind of its run in the history.</summary>
    public const string RunKind = "profile";

    /// <summary>Identifier.</summary>
    public required string Id { get; init; }

    /// <summary>When it was begun.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What it measures.</summary>
    public required SweepSettings Settings { get; init; }

    /// <summary>How far it is; <c>cancelled</c> also where the application ended meanwhile. Such a profile can be resumed.</summary>
    public required JobState State { get; init; }

    /// <summary>What it measures now, in words; null unless it runs.</summary>
    public string? Step { get; init; }

    /// <summary>Share of the work that is done, 0 to 1; null while unknown.</summary>
    public double? Progress { get; init; }

    /// <summary>Estimate of the time that is left, in milliseconds; null while unknown.</summary>
    public double? RemainingMs { get; init; }

    /// <summary>Why it failed; null otherwise.</summary>
    public string? Message { get; init; }

    /// <summary>What came out; null before it is done, and in lists.</summary>
    public SweepResult? Result { get; init; }
}
