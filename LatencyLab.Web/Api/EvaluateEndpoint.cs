using LatencyLab.Inference.Evaluation;
using LatencyLab.Inference.Evaluation.Jobs;
using LatencyLab.Inference.Hosting;
using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Models;
using LatencyLab.Web.Comparisons;
using Microsoft.Extensions.Options;

namespace LatencyLab.Web.Api;

/// <summary><c>POST /api/models/{id}/evaluate</c></summary>
internal static class EvaluateEndpoint
{
    /// <summary>More than any public test set holds.</summary>
    private const int MaxPictures = 200_000;

    public static void MapEvaluate(this IEndpointRouteBuilder api) => api.MapPost("/models/{id}/evaluate", EvaluateAsync)
        .WithSummary(
            "Starts measuring how often a model's variants are right: a zip archive with one folder of pictures a class, as multipart file `data` or as "
            + "the body. Options: variants (comma-separated), allFiles, write (into the model's card, where that is allowed), dataSet.")
        .Produces<JobStatus>(StatusCodes.Status202Accepted)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status429TooManyRequests)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> EvaluateAsync(
        string id, HttpRequest request, EvaluateJobs jobs, ModelCatalogue catalogue, BrowserForgery forgery, IOptions<LatencyLabOptions> options,
        IOptions<WebLimits> limits)
    {
        await forgery.RefuseWithoutHeaderAsync(request);
        // Before a large archive arrives.
        var model = catalogue[id];
        var file = jobs.CreateFile();
        try
        {
            var maxBytes = limits.Value.EvaluationUploadBytes;
            var upload = await EvaluationUpload.ReceiveAsync(request, file, maxBytes);
            var dataSet = DataSet(upload, options.Value);
            return JobsEndpoints.Started(jobs.Start(
                new EvaluateRequest
                {
                    ModelId = model.Id,
                    Data = upload.FileName,
                    VariantIds = upload.Option("variants")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
                    AllFiles = upload.IsSet("allFiles"),
                    DataSet = dataSet,
                },
                file, new LabelledArchiveLimits(MaxPictures, options.Value.ImageLimits.MaxSizeBytes, maxBytes)));
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>The name to write accuracies under; null where none are written.</summary>
    private static string? DataSet(EvaluationUpload upload, LatencyLabOptions options)
    {
        var given = upload.Option("dataSet");
        if (!upload.IsSet("write"))
        {
            return given is null ? null : throw new ApiException(Problems.BadOption, "`dataSet` names what `write` writes: give both.");
        }
        if (!options.AllowModelImport)
        {
            throw new ApiException(
                Problems.CardWritingDisabled, "Accuracies cannot be written into model cards here. The operator may set LatencyLab:AllowModelImport.");
        }
        var name = given ?? Path.GetFileNameWithoutExtension(upload.FileName);
        return name.Length is > 0 and <= EvaluateJobs.MaxDataSetLength && !name.Any(char.IsControl) ? name : throw new ApiException(
            Problems.BadOption, $"`dataSet` must be a name of 1 to {EvaluateJobs.MaxDataSetLength} characters.");
    }
}
