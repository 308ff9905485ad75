namespace LatencyLab.Web.Api.OpenInference;

/// <summary>Ends a request with the protocol's error object.</summary>
internal sealed class OpenInferenceException(int status, string message) : Exception(message)
{
    public int Status { get; } = status;

    /// <summary>When it may be worth trying again.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
