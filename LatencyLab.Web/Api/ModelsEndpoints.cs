using LatencyLab.Inference.Hosting;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Sessions;
using LatencyLab.Web.Zoo;
using Microsoft.Extensions.Options;

namespace LatencyLab.Web.Api;

/// <summary><c>GET /api/models</c>, <c>GET /api/variants</c>, <c>DELETE /api/models/{id}/variants/{variant}</c>.</summary>
internal static class ModelsEndpoints
{
    public static void MapModels(this IEndpointRouteBuilder api)
    {
        api.MapGet("/models", (ModelCatalogue catalogue) => catalogue.Models.Select(ModelSummary.Of))
            .WithSummary("The models that can be compared.");
        api.MapGet("/variants", (string? model, VariantRegistry registry, IOptions<LatencyLabOptions> options) =>
                registry.StatusOf(model ?? options.Value.DefaultModel))
            .WithSummary("A model's variants and whether they answer; asking starts loading them.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/models/{id}/variants/{variant}/file", (string id, string variant, VariantRegistry registry) =>
                registry.Entries(id, [variant])[0].File is { } file && File.Exists(file.Path)
                    ? Results.File(file.Path, "application/octet-stream", $"{id}.{variant}.onnx")
                    : throw new KeyNotFoundException($"`{variant}` has no file here: it runs on another machine, or is being made."))
            .WithSummary("The ONNX file that a variant runs.")
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream")
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapDelete("/models/{id}/variants/{variant}", (string id, string variant, IZooService zoo) =>
            {
                zoo.RemoveVariant(id, variant);
                return Results.NoContent();
            })
            .WithSummary("Removes a variant that was made here, for instance by quantizing; configured variants stay.")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }
}
