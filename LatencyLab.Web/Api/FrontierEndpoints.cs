using LatencyLab.Inference.Frontier;
using LatencyLab.Inference.Hosting;
using LatencyLab.Inference.Models;
using LatencyLab.Web.Frontier;
using Microsoft.Extensions.Options;

namespace LatencyLab.Web.Api;

/// <summary><c>POST</c> and <c>GET /api/models/frontier</c></summary>
internal static class FrontierEndpoints
{
    private const int DefaultRounds = 30;

    public static void MapFrontier(this IEndpointRouteBuilder api)
    {
        api.MapPost("/models/frontier", MeasureAsync)
            .WithSummary("Measures accuracy against latency of all models that share a task, and of the variants made of them. Options: base, models (comma-separated), rounds.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        api.MapGet("/models/frontier", (FrontierService frontier) => frontier.Latest
                ?? throw new KeyNotFoundException("No frontier has been measured yet. POST to this address to measure it."))
            .WithSummary("The frontier that was measured last.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<FrontierResult> MeasureAsync(
        HttpRequest request, FrontierService frontier, ModelCatalogue catalogue, BrowserForgery forgery, IOptions<LatencyLabOptions> options,
        CancellationToken cancellationToken)
    {
        if (request.HasFormContentType)
        {
            await request.ReadFormAsync(cancellationToken);
        }
        await forgery.RefuseWithoutTokenAsync(request);
        var models = PictureReader.Option(request, "models")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var measured = new FrontierRequest
        {
            BaseModelId = catalogue[PictureReader.Option(request, "base") ?? options.Value.DefaultModel].Id,
            ModelIds = models,
            Rounds = NumberOption.Read(request, "rounds", DefaultRounds, 1, FrontierRequest.MaxRounds),
        };
        try
        {
            return await frontier.MeasureAsync(measured, progress: null, cancellationToken);
        }
        catch (InvalidModelException error)
        {
            throw new ApiException(Problems.BadOption, error.Message);
        }
    }
}
