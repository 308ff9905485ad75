using System.ComponentModel.DataAnnotations;

namespace LatencyLab.Inference.Models.Import;

/// <summary>What a foreign model may cost at most. Bound from <c>LatencyLab:ImportLimits</c>.</summary>
public sealed record ImportLimits
{
    /// <summary>Largest model with all its weights; checked before anything is read.</summary>
    /// <value>Bytes, at most 2,000,000,000, where protobuf itself ends. The default value is 1,000,000,000.</value>
    [Range(1024, 2e9)]
    public long MaxSizeBytes { get; init; } = 1_000_000_000;

    /// <summary>How long the trial run of one picture may take, on one thread without optimizations.</summary>
    /// <value>Seconds. The default value is 30.</value>
    [Range(0.1, 3600)]
    public double TrialSeconds { get; init; } = 30;

    /// <summary>By how much the process may grow in the trial run.</summary>
    /// <value>Bytes. The default value is 4,000,000,000.</value>
    [Range(1e8, 1e12)]
    public long TrialMemoryBytes { get; init; } = 4_000_000_000;
}
