using LatencyLab.Inference.Hosting;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Models.Catalog;
using LatencyLab.Inference.Models.Import;
using Microsoft.Extensions.Options;

namespace LatencyLab.Web.Api;

/// <summary><c>POST /api/models</c>, <c>GET /api/models/published</c> and <c>POST /api/models/pull</c>.</summary>
internal static class ModelImportEndpoints
{
    public static void MapModelImport(this IEndpointRouteBuilder api)
    {
        api.MapPost("/models", ImportAsync)
            .WithSummary("Imports an ONNX classifier: multipart file `model` (and `labels`), or the raw body. Options: id, title, size, shortSide, resize, mean, std, output, license.")
            .Produces<ModelSummary>(StatusCodes.Status201Created)
            .ProducesImportProblems()
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge);
        api.MapGet("/models/published", (PublishedModels published, ModelCatalogue catalogue) => PublishedModelSummary.Of(published, catalogue))
            .WithSummary("The models that others publish and that can be pulled.");
        api.MapPost("/models/pull", PullAsync)
            .WithSummary("Fetches and imports a published model, named by `id` in the query; answers when it is there.")
            .Produces<ModelSummary>(StatusCodes.Status201Created)
            .ProducesImportProblems()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status502BadGateway);
    }

    private static async Task<IResult> ImportAsync(
        HttpRequest request, ModelImporter importer, BrowserForgery forgery, IOptions<LatencyLabOptions> options, CancellationToken cancellationToken)
    {
        RefuseUnlessAllowed(options.Value);
        await forgery.RefuseWithoutHeaderAsync(request);
        using var folder = new StagingFolder(importer.Folder);
        var upload = await ModelUpload.ReceiveAsync(request, folder, options.Value.ImportLimits.MaxSizeBytes);
        return Created(await importer.ImportAsync(upload.ModelPath, upload.Options, progress: null, cancellationToken));
    }

    private static async Task<IResult> PullAsync(
        string id, HttpRequest request, ModelPuller puller, BrowserForgery forgery, IOptions<LatencyLabOptions> options, CancellationToken cancellationToken)
    {
        RefuseUnlessAllowed(options.Value);
        await forgery.RefuseWithoutHeaderAsync(request);
        return Created(await puller.PullAsync(id, progress: null, cancellationToken));
    }

    private static void RefuseUnlessAllowed(LatencyLabOptions options)
    {
        if (!options.AllowModelImport)
        {
            throw new ApiException(
                Problems.ModelImportDisabled,
                "Models cannot be imported here. The operator may set LatencyLab:AllowModelImport.");
        }
    }

    private static IResult Created(ImportedModel imported) => Results.Created(
        $"/api/variants?model={Uri.EscapeDataString(imported.Model.Id)}", ModelSummary.Of(imported.Model) with { Notes = imported.Notes });

    private static RouteHandlerBuilder ProducesImportProblems(this RouteHandlerBuilder endpoint) => endpoint
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status429TooManyRequests);
}
