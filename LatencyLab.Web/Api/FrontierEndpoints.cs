using LatencyLab.Inference.Frontier;
using LatencyLab.Inference.Jobs;
using LatencyLab.Web.Zoo;

namespace LatencyLab.Web.Api;

/// <summary><c>/api/frontier</c>: accuracy against latency of the zoo.</summary>
internal static class FrontierEndpoints
{
    public static void MapFrontier(this IEndpointRouteBuilder api)
    {
        api.MapPost("/frontier", async (HttpRequest request, IZooService zoo, BrowserForgery forgery) =>
            {
                await forgery.RefuseAsync(request);
                return JobsEndpoints.Started(zoo.MeasureFrontier(RequestOptions.Number(request, "rounds", 100, 1, 10_000)));
            })
            .WithSummary("Starts measuring accuracy against latency of the zoo. Option: rounds.")
            .Produces<JobStatus>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        api.MapGet("/frontier", (IZooService zoo) => zoo.Frontier
                ?? throw new KeyNotFoundException("No frontier was measured yet. Start it with POST /api/frontier."))
            .WithSummary("The latest measured frontier.")
            .Produces<FrontierResult>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }
}
