using LatencyLab.Web.Loads;

namespace LatencyLab.Web.Api;

/// <summary><c>/api/load</c>: load on a variant of this process.</summary>
internal static class LoadEndpoints
{
    public static void MapLoad(this IEndpointRouteBuilder api)
    {
        api.MapPost("/load", StartAsync)
            .WithSummary(
                "Starts a load run. Options: variant, model, image (identifier of an uploaded picture or file name of a sample; a drawn one without it), duration and "
                + "warmup (seconds), loop (open, closed). Closed loop: clients. Open loop: rate, schedule (poisson, constant, ramp), callers (requests that are with the "
                + "variant at once; what it works on at once without it), fromRate of a ramp, seed of poisson. An option of the other loop is refused.")
            .Produces<LoadStatus>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        api.MapGet("/load", (LoadJobs loads) => loads.All)
            .WithSummary("The latest load runs without their results, the newest first. All that ended are in the history.");
        api.MapGet("/load/{id}", (string id, LoadJobs loads) => loads.Find(id) ?? throw Unknown(id))
            .WithSummary("One load run: its progress and, when it is done, its result and its identifier in the history.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapDelete("/load/{id}", (string id, LoadJobs loads) => loads.Cancel(id) ?? throw Unknown(id))
            .WithSummary("Stops a load run; it has no result then.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> StartAsync(HttpRequest request, BrowserForgery forgery, LoadSettingsReader settings, LoadJobs loads)
    {
        await forgery.RefuseWithoutHeaderAsync(request);
        if (request.HasFormContentType)
        {
            await request.ReadFormAsync(request.HttpContext.RequestAborted);
        }
        var started = loads.Start(settings.Read(request));
        return Results.Accepted($"/api/load/{started.Id}", started);
    }

    private static KeyNotFoundException Unknown(string id) => new($"There is no load run `{id}`; only the latest are kept here, all are in the history.");
}
