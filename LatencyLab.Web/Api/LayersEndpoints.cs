using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Layers;
using LatencyLab.Web.Zoo;

namespace LatencyLab.Web.Api;

/// <summary><c>/api/models/{id}/layers/{variant}</c>: a variant's inference time, layer by layer.</summary>
internal static class LayersEndpoints
{
    private const string Path = "/models/{id}/layers/{variant}";

    public static void MapLayers(this IEndpointRouteBuilder api)
    {
        api.MapPost(Path, async (string id, string variant, HttpRequest request, IZooService zoo, BrowserForgery forgery) =>
            {
                await forgery.RefuseAsync(request);
                return JobsEndpoints.Started(zoo.ProfileLayers(id, [variant]));
            })
            .WithSummary("Starts measuring a variant layer by layer.")
            .Produces<JobStatus>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        api.MapGet(Path, (string id, string variant, IZooService zoo) => Find(zoo, id, variant))
            .WithSummary("The variant's latest layer profile.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet(Path + "/diff/{other}", (string id, string variant, string other, IZooService zoo) =>
                zoo.Diff(Find(zoo, id, variant), Find(zoo, id, other)))
            .WithSummary("The latest layer profiles of two variants side by side.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static LayerProfile Find(IZooService zoo, string id, string variant) => zoo.Profile(id, variant)
        ?? throw new KeyNotFoundException($"{id}/{variant} was not measured layer by layer yet. Start it with POST to this address.");
}
