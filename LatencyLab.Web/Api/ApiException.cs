namespace LatencyLab.Web.Api;

/// <summary>Ends a request with a problem.</summary>
internal sealed class ApiException(Problem problem, string detail) : Exception(detail)
{
    public Problem Problem { get; } = problem;

    /// <summary>When it may be worth trying again.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
