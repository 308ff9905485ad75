using LatencyLab.Inference.Hosting;
using LatencyLab.Inference.Remote;
using LatencyLab.Inference.Sessions;
using Microsoft.Extensions.Options;

namespace LatencyLab.Web.Api.OpenInference;

/// <summary>What the server is.</summary>
internal sealed record ServerMetadata(string Name, string Version, IReadOnlyList<string> Extensions);

/// <summary><c>GET /v2</c>, <c>/v2/health/live</c> and <c>/v2/health/ready</c>.</summary>
internal static class ServerEndpoints
{
    private static readonly ServerMetadata Metadata = new(
        "latencylab", typeof(ServerEndpoints).Assembly.GetName().Version?.ToString(3) ?? "0", [OpenInferenceProtocol.BinaryExtension]);

    public static void MapServer(this IEndpointRouteBuilder v2)
    {
        v2.MapGet("", () => Metadata).WithSummary("What this Open Inference Protocol server is.");
        v2.MapGet("/health/live", () => new { live = true }).WithSummary("Whether the server answers at all.");
        v2.MapGet("/health/ready", Ready).WithSummary("Whether the default model answers; 503 until then.");
    }

    private static IResult Ready(VariantRegistry registry, IOptions<LatencyLabOptions> options)
    {
        var ready = ModelVersions.Of(registry, options.Value.DefaultModel, version: null).Variant is not null;
        return Results.Json(new { ready }, statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
