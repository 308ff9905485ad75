namespace LatencyLab.Inference.Sessions;

/// <summary>The queue in front of the classifier is full.</summary>
/// <param name="retryAfter">When a place is likely to be free.</param>
public sealed class GateFullException(TimeSpan retryAfter)
    : Exception($"The classifier's queue is full; try again in {retryAfter.TotalSeconds:0} s.")
{
    /// <summary>When a place is likely to be free.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter;
}
