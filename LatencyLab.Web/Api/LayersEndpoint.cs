using LatencyLab.Inference.Layers;
using LatencyLab.Inference.Sessions;
using LatencyLab.Web.Zoo;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LatencyLab.Web.Api;

/// <summary><c>GET /api/models/{id}/layers</c></summary>
internal static class LayersEndpoint
{
    private const int DefaultRuns = 50;

    public static void MapLayers(this IEndpointRouteBuilder api) => api.MapGet("/models/{id}/layers", LayersAsync)
        .WithSummary("Where a variant's inference time goes, layer by layer; with `against`, two variants side by side. Options: variant, against, runs.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<Results<Ok<LayerProfile>, Ok<LayerDiff>>> LayersAsync(
        string id, string? variant, string? against, HttpRequest request, VariantRegistry registry, LayerProfileService profiler, CancellationToken cancellationToken)
    {
        var runs = NumberOption.Read(request, "runs", DefaultRuns, 1, LayerProfileRequest.MaxRuns);
        var left = Find(registry, id, variant ?? throw new ApiException(Problems.BadOption, "`variant` is missing: name the variant to profile."));
        var right = against is null ? null : Find(registry, id, against);
        var profile = await ProfileAsync(left);
        return right is null ? TypedResults.Ok(profile) : TypedResults.Ok(LayerDiffer.Diff(profile, await ProfileAsync(right)));

        Task<LayerProfile> ProfileAsync(Variant subject) =>
            profiler.ProfileAsync(new LayerProfileRequest { Variant = subject, Runs = runs }, progress: null, cancellationToken);
    }

    private static Variant Find(VariantRegistry registry, string modelId, string variantId)
    {
        var entry = registry.Entries(modelId, [variantId])[0];
        return entry.Options.Remote is null
            ? ClassifyEndpoint.Ready(entry)
            : throw new ApiException(Problems.BadOption, $"`{variantId}` runs on another machine: its layers cannot be seen from here.");
    }
}
