using System.Net;
using System.Text.Json;

namespace LatencyLab.Inference.Measurement.Load;

/// <summary>What a refusing service says (RFC 9457).</summary>
internal static class ServiceProblem
{
    /// <summary>The problem's type and detail; <c>http-502</c> and the like where the body is none.</summary>
    public static (string Type, string Detail) Read(ReadOnlyMemory<byte> body, HttpStatusCode status)
    {
        var plain = $"http-{(int)status}";
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? (Text(json.RootElement, "type") is { Length: > 0 } type ? type : plain, Text(json.RootElement, "detail") ?? "")
                : (plain, "");
        }
        catch (JsonException)
        {
            return (plain, "");
        }
    }

    private static string? Text(JsonElement problem, string name) =>
        problem.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
