using System.ComponentModel.DataAnnotations;

namespace LatencyLab.Inference.Remote;

/// <summary>How remote services are asked. Bound from <c>LatencyLab:Remote</c>; validated at start.</summary>
public sealed record RemoteOptions
{
    /// <summary>How long one answer may take, connecting included.</summary>
    /// <value>Seconds. The default value is 10.</value>
    [Range(0.05, 3600)]
    public double TimeoutSeconds { get; init; } = 10;

    /// <summary>How long a service may take to become ready when a variant is loaded, because both may start at the same time.</summary>
    /// <value>Seconds. The default value is 30.</value>
    [Range(0, 3600)]
    public double ReadyPatienceSeconds { get; init; } = 30;
}
