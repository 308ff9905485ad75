using LatencyLab.Inference.Hosting;
using LatencyLab.Inference.Models;
using LatencyLab.Web.Loads;
using Microsoft.Extensions.Options;

namespace LatencyLab.Web.Api;

/// <summary><c>/api/load</c>: load on a variant of this process.</summary>
internal static class LoadEndpoints
{
    public static void MapLoad(this IEndpointRouteBuilder api)
    {
        api.MapPost("/load", StartAsync)
            .WithSummary("Starts a load run. Options: variant, model, loop (open, closed), rate, schedule (poisson, constant, ramp), fromRate, clients, duration and warmup (seconds), seed.")
            .Produces<LoadStatus>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
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

    private static async Task<IResult> StartAsync(
        HttpRequest request, BrowserForgery forgery, ModelCatalogue catalogue, LoadJobs loads, IOptions<LatencyLabOptions> options, IOptions<LoadLimits> limits)
    {
        await forgery.RefuseWithoutHeaderAsync(request);
        if (request.HasFormContentType)
        {
            await request.ReadFormAsync(request.HttpContext.RequestAborted);
        }
        var closed = PictureReader.Option(request, "loop") switch
        {
            null or "open" => false,
            "closed" => true,
            var other => throw new ApiException(Problems.BadOption, $"`loop` must be open or closed, not `{other}`."),
        };
        var settings = new LoadSettings
        {
            ModelId = catalogue[PictureReader.Option(request, "model") ?? options.Value.DefaultModel].Id,
            VariantId = PictureReader.Option(request, "variant") ?? throw new ApiException(Problems.BadOption, "`variant` is missing: name the variant to put load on."),
            ClosedLoop = closed,
        };
        var started = loads.Start(settings with
        {
            RatePerSecond = NumberOption.ReadNumber(request, "rate"),
            FromRatePerSecond = NumberOption.ReadNumber(request, "fromRate") ?? settings.FromRatePerSecond,
            Schedule = PictureReader.Option(request, "schedule") ?? settings.Schedule,
            Clients = NumberOption.Read(request, "clients", closed ? 1 : 0, 0, limits.Value.MaxClients),
            DurationSeconds = NumberOption.ReadNumber(request, "duration") ?? settings.DurationSeconds,
            WarmupSeconds = NumberOption.ReadNumber(request, "warmup") ?? settings.WarmupSeconds,
            Seed = NumberOption.Read(request, "seed", settings.Seed, 0, int.MaxValue),
        });
        return Results.Accepted($"/api/load/{started.Id}", started);
    }

    private static KeyNotFoundException Unknown(string id) => new($"There is no load run `{id}`; only the latest are kept here, all are in the history.");
}
