using System.Globalization;
using LatencyLab.Inference.Hosting;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Sessions;
using LatencyLab.Inference.Sweeps;
using LatencyLab.Web.Profiles;
using Microsoft.Extensions.Options;

namespace LatencyLab.Web.Api;

/// <summary><c>/api/profiles</c>: sweeps of batch size, input size and variant.</summary>
internal static class ProfilesEndpoints
{
    public static void MapProfiles(this IEndpointRouteBuilder api)
    {
        api.MapPost("/profiles", StartAsync)
            .WithSummary("Starts a profile. Options: model, variants, batches and sizes (comma-separated), runs, repetitions, warmup.")
            .Produces<ProfileStatus>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPost("/profiles/{id}/resume", async (string id, HttpRequest request, BrowserForgery forgery, ProfileService profiles) =>
            {
                await forgery.RefuseWithoutHeaderAsync(request);
                return Started(profiles.Resume(id));
            })
            .WithSummary("Goes on with a profile that was cancelled or interrupted.")
            .Produces<ProfileStatus>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/profiles", (ProfileService profiles) => profiles.All)
            .WithSummary("All profiles without their results, the newest first.");
        api.MapGet("/profiles/{id}", async (string id, ProfileService profiles, CancellationToken cancellationToken) => await profiles.FindAsync(id, cancellationToken)
                ?? throw new KeyNotFoundException($"There is no profile `{id}`."))
            .WithSummary("One profile: its progress and, when it is done, its result.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapDelete("/profiles/{id}", (string id, ProfileService profiles) => profiles.Cancel(id))
            .WithSummary("Cancels a profile; what it measured is kept and it can be resumed.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> StartAsync(
        HttpRequest request, BrowserForgery forgery, ModelCatalogue catalogue, VariantRegistry registry, ProfileService profiles,
        IOptions<LatencyLabOptions> options)
    {
        await forgery.RefuseWithoutHeaderAsync(request);
        if (request.HasFormContentType)
        {
            await request.ReadFormAsync(request.HttpContext.RequestAborted);
        }
        var settings = new SweepSettings
        {
            ModelId = catalogue[PictureReader.Option(request, "model") ?? options.Value.DefaultModel].Id,
            VariantIds = Words(request, "variants") ?? [.. registry.Variants.Where(variant => variant.Remote is null).Select(variant => variant.Id)],
        };
        return Started(profiles.Start(settings with
        {
            Batches = Numbers(request, "batches") ?? settings.Batches,
            SizesPx = Numbers(request, "sizes") ?? settings.SizesPx,
            Runs = NumberOption.Read(request, "runs", settings.Runs, 1, SweepSettings.MaxRuns),
            WarmupRuns = NumberOption.Read(request, "warmup", settings.WarmupRuns, 0, SweepSettings.MaxWarmupRuns),
            Repetitions = NumberOption.Read(request, "repetitions", settings.Repetitions, 1, SweepSettings.MaxRepetitions),
        }));
    }

    private static IResult Started(ProfileStatus profile) => Results.Accepted($"/api/profiles/{profile.Id}", profile);

    private static string[]? Words(HttpRequest request, string name) =>
        PictureReader.Option(request, name)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static int[]? Numbers(HttpRequest request, string name) => Words(request, name) is { } words
        ? Array.ConvertAll(words, word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ApiException(Problems.BadOption, $"`{name}` must be whole numbers separated by commas, not `{word}`."))
        : null;
}
