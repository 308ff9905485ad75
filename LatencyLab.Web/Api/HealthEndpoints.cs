using LatencyLab.Inference.Hosting;
using LatencyLab.Inference.Sessions;
using Microsoft.Extensions.Options;

namespace LatencyLab.Web.Api;

/// <summary><c>/healthz/live</c>: the process answers. <c>/healthz/ready</c>: every variant of the default model is warm.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz/live", () => Results.Ok(new { status = "live" })).ExcludeFromDescription();
        app.MapGet("/healthz/ready", (VariantRegistry registry, IOptions<LatencyLabOptions> options) =>
        {
            // One that was made at run time and still loads takes nothing from the others.
            var configured = registry.Variants.Select(variant => variant.Id).ToArray();
            var variants = registry.Entries(options.Value.DefaultModel, configured).Select(entry => entry.Status).ToArray();
            var ready = variants.All(variant => variant.State == VariantState.Ready);
            return Results.Json(
                new { status = ready ? "ready" : "warming", variants = variants.Select(variant => new { variant.Id, variant.State, variant.Message }) },
                statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        }).ExcludeFromDescription();
    }
}
