using System.Net;

namespace LatencyLab.Web.Audience;

/// <summary>Tells who sits at the machine that runs LatencyLab.</summary>
internal static class ThisMachine
{
    /// <summary>
    /// What proxies add, and what remains of it when it was believed. A proxy on this machine makes strangers look local, and anyone may
    /// claim to come from here: whoever comes by a proxy is not here.
    /// </summary>
    private static readonly string[] TracesOfProxies =
        ["X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Original-For", "X-Original-Host", "X-Original-Proto", "X-Real-IP", "Forwarded", "Via"];

    /// <summary>Whether a request comes from this machine: by loopback, or by the address that others know it by.</summary>
    public static bool Sent(HttpRequest request)
    {
        var connection = request.HttpContext.Connection;
        return connection.RemoteIpAddress is { } remote
            && (IPAddress.IsLoopback(remote) || remote.Equals(connection.LocalIpAddress))
            && !TracesOfProxies.Any(request.Headers.ContainsKey);
    }
}
