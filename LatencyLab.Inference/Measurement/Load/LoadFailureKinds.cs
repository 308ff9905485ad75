namespace LatencyLab.Inference.Measurement.Load;

/// <summary>
/// Kinds of failures that have a name here. Any other refusal of a service has the type of its problem, or <c>http-502</c> and the like.
/// </summary>
public static class LoadFailureKinds
{
    /// <summary>No answer came within the run's patience, or the run was cancelled.</summary>
    public const string Unanswered = "unanswered";

    /// <summary>The queue in front of the classifier was full.</summary>
    public const string QueueFull = "queue-full";

    /// <summary>The service takes no more requests a minute from one address, LatencyLab's own limit.</summary>
    public const string RateLimited = "rate-limited";

    /// <summary>The service could not be reached, or broke off.</summary>
    public const string Connection = "connection";

    /// <summary>The service did not answer within the request's time.</summary>
    public const string Timeout = "timeout";

    /// <summary>The model could not run.</summary>
    public const string Inference = "inference";

    /// <summary>Anything else.</summary>
    public const string Unexpected = "unexpected";
}
