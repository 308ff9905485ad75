using System.Globalization;
using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Optimization.Jobs;

namespace LatencyLab.Web.Api;

/// <summary><c>POST /api/models/{id}/prune</c> and <c>GET /api/jobs/{id}/file</c>.</summary>
internal static class PruneEndpoints
{
    public static void MapPrune(this IEndpointRouteBuilder api)
    {
        api.MapPost("/models/{id}/prune", PruneAsync)
            .WithSummary(
                "Starts removing the least important channels of a model. Options: keep (share of the channels) or multiplyAdds (share of the "
                + "multiply-adds), by (l1 or batchnorm), uniform.")
            .Produces<JobStatus>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        api.MapGet("/jobs/{id}/file", File)
            .WithSummary("The ONNX file that a pruning has written, to train on from.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> PruneAsync(string id, HttpRequest request, BrowserForgery forgery, PruneJobs jobs)
    {
        await forgery.RefuseWithoutHeaderAsync(request);
        if (request.HasFormContentType)
        {
            await request.ReadFormAsync(request.HttpContext.RequestAborted);
        }
        var defaults = new PruneRequest { ModelId = id };
        return JobsEndpoints.Started(jobs.Start(defaults with
        {
            Keep = Share(request, "keep") ?? defaults.Keep,
            MultiplyAdds = Share(request, "multiplyAdds"),
            By = PictureReader.Option(request, "by") ?? defaults.By,
            Uniform = PictureReader.Option(request, "uniform") is "true" or "on",
        }));
    }

    private static IResult File(string id, JobRunner runner, PruneJobs jobs) =>
        runner.Find(id) is { } job && jobs.PathOf(job) is { } path
            ? Results.File(path, "application/octet-stream", Path.GetFileName(path))
            : throw new KeyNotFoundException($"The job `{id}` has no file: it made none, or it is forgotten.");

    private static double? Share(HttpRequest request, string name)
    {
        var text = PictureReader.Option(request, name);
        return text is null ? null
            : double.TryParse(text, CultureInfo.InvariantCulture, out var share) ? share
            : throw new ApiException(Problems.BadOption, $"`{name}` must be a share above 0 and 1 at most, not `{text}`.");
    }
}
