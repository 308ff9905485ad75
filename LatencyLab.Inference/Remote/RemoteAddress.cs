namespace LatencyLab.Inference.Remote;

/// <summary>Base addresses of services. They appear in results and messages, so they may not carry secrets.</summary>
internal static class RemoteAddress
{
    /// <summary>What is wrong with an address and how to correct it; null for a good one or none.</summary>
    public static string? ProblemOf(string? address)
    {
        if (address is null)
        {
            return null;
        }
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            return "is no HTTP address. Write it like http://triton:8000.";
        }
        return uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0
            ? "has a user, a query or a fragment, and would show it in every result. Write only http(s)://HOST:PORT/PATH."
            : null;
    }

    /// <summary>The address of a model on the service at a good base address.</summary>
    /// <param name="address">Base address.</param>
    /// <param name="modelId">The model's name there.</param>
    /// <param name="version">The model's version there; null leaves the choice to the service.</param>
    /// <exception cref="ArgumentException">The base address is no good; the message says why.</exception>
    public static (Uri Service, Uri Model) Of(string address, string modelId, string? version)
    {
        if (ProblemOf(address) is { } problem)
        {
            throw new ArgumentException($"The address of a remote variant {problem}");
        }
        var service = new Uri(address.TrimEnd('/') + "/v2/");
        var model = $"models/{Uri.EscapeDataString(modelId)}";
        return (service, new Uri(service, version is null ? model : $"{model}/versions/{Uri.EscapeDataString(version)}"));
    }
}
