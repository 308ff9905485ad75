using System.Net;
using System.Text.Json;

namespace LatencyLab.Inference.Remote;

/// <summary>What a refusing service says, and what to do about it.</summary>
internal static class RemoteError
{
    private const int LongestText = 200;

    /// <summary>The service's own words, as <c>: …</c>; empty where it has none that are meant for people.</summary>
    public static string Of(HttpResponseMessage response)
    {
        try
        {
            using var json = JsonDocument.Parse(response.Content.ReadAsStream());
            var text = json.RootElement.GetProperty("error").GetString() ?? "";
            // The first line only: what follows may be a stack.
            var end = text.AsSpan().IndexOfAny('\r', '\n');
            text = (end < 0 ? text : text[..end]).Trim().TrimEnd('.');
            return text.Length == 0 ? "" : $": {(text.Length > LongestText ? text[..LongestText] + "…" : text)}";
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return "";
        }
    }

    /// <summary>What helps against a status.</summary>
    public static string Advice(HttpStatusCode status) => status switch
    {
        HttpStatusCode.NotFound => "Deploy the model there under this name and version, or correct the variant's `Remote` and `RemoteVersion`.",
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => "Let this machine use the service without credentials.",
        HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => "It is busy or still loading; try again in a moment.",
        HttpStatusCode.BadRequest => "Check that the model is loaded there, and that it is the one that the model card describes.",
        >= HttpStatusCode.InternalServerError => "Look into the service's log.",
        _ => "Check that the variant's `Remote` is the address of an Open Inference Protocol v2 service.",
    };
}
