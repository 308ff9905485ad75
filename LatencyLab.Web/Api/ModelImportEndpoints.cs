using LatencyLab.Inference.Hosting;
using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Models.Catalog;
using LatencyLab.Inference.Models.Import;
using LatencyLab.Web.Zoo;
using Microsoft.Extensions.Options;

namespace LatencyLab.Web.Api;

/// <summary><c>POST /api/models</c>, <c>GET /api/models/published</c>, <c>POST /api/models/pull</c> and <c>DELETE /api/models/{id}</c>.</summary>
internal static class ModelImportEndpoints
{
    public static void MapModelImport(this IEndpointRouteBuilder api)
    {
        api.MapPost("/models", ImportAsync)
            .WithSummary("Imports an ONNX classifier: multipart file `model` (and `labels`), or the raw body. Options: id, title, size, shortSide, resize, mean, std, output, license.")
            .Produces<ModelSummary>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        api.MapGet("/models/published", (PublishedModels published, ModelCatalogue catalogue) => PublishedModelSummary.Of(published, catalogue))
            .WithSummary("The models that others publish and that can be pulled.");
        api.MapPost("/models/pull", PullAsync)
            .WithSummary("Starts fetching and importing a published model, named by `id` in the query. The job's result is the model with its notes.")
            .Produces<JobStatus>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        api.MapDelete("/models/{id}", RemoveAsync)
            .WithSummary("Removes an imported or pulled model, its files and the variants made of it; models that ship with the program or lie in configured folders stay.")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> ImportAsync(
        HttpRequest request, ModelImporter importer, BrowserForgery forgery, IOptions<LatencyLabOptions> options, CancellationToken cancellationToken)
    {
        await RefuseUnlessAllowedAsync(request, forgery, options.Value);
        using var folder = new StagingFolder(importer.Folder);
        var upload = await ModelUpload.ReceiveAsync(request, folder, options.Value.ImportLimits.MaxSizeBytes);
        var imported = await importer.ImportAsync(upload.ModelPath, upload.Options, progress: null, cancellationToken);
        return Results.Created(
            $"/api/variants?model={Uri.EscapeDataString(imported.Model.Id)}", ModelSummary.Of(imported.Model) with { Notes = imported.Notes });
    }

    private static async Task<IResult> PullAsync(string id, HttpRequest request, PullJobs pulls, BrowserForgery forgery, IOptions<LatencyLabOptions> options)
    {
        await RefuseUnlessAllowedAsync(request, forgery, options.Value);
        return JobsEndpoints.Started(pulls.Start(id));
    }

    private static async Task<IResult> RemoveAsync(string id, HttpRequest request, IZooService zoo, BrowserForgery forgery, IOptions<LatencyLabOptions> options)
    {
        await RefuseUnlessAllowedAsync(request, forgery, options.Value);
        zoo.RemoveModel(id);
        return Results.NoContent();
    }

    private static async Task RefuseUnlessAllowedAsync(HttpRequest request, BrowserForgery forgery, LatencyLabOptions options)
    {
        if (!options.AllowModelImport)
        {
            throw new ApiException(
                Problems.ModelImportDisabled,
                "Models cannot be imported or removed here. The operator may set LatencyLab:AllowModelImport.");
        }
        await forgery.RefuseWithoutHeaderAsync(request);
    }
}
