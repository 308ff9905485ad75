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
                + "multiply-adds), by (l1 or batchnorm), uniform, round (channel counts become multiples of it), minimum (channels that a layer keeps at "
                + "least), skip (names of layers that keep their channels, separated by commas).")
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
        var form = request.HasFormContentType ? await request.ReadFormAsync(request.HttpContext.RequestAborted) : FormCollection.Empty;
        var options = new JobOptions(request.Query, form.ToDictionary(field => field.Key, field => field.Value.ToString()));
        var defaults = new PruneRequest { ModelId = id };
        return JobsEndpoints.Started(jobs.Start(defaults with
        {
            Keep = options.Number("keep"),
            MultiplyAdds = options.Number("multiplyAdds"),
            By = options.Text("by") ?? defaults.By,
            Uniform = options.Flag("uniform"),
            Round = options.Whole("round") ?? defaults.Round,
            Minimum = options.Whole("minimum") ?? defaults.Minimum,
            Skip = options.Names("skip"),
        }));
    }

    private static IResult File(string id, JobRunner runner, PruneJobs jobs) =>
        runner.Find(id) is { } job && jobs.PathOf(job) is { } path
            ? Results.File(path, "application/octet-stream", Path.GetFileName(path))
            : throw new KeyNotFoundException($"The job `{id}` has no file: it made none, or it is forgotten.");
}
