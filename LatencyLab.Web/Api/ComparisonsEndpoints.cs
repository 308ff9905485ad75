using System.Text;
using LatencyLab.Inference.Comparison;
using LatencyLab.Inference.Comparison.Claims;
using LatencyLab.Web.Comparisons;

namespace LatencyLab.Web.Api;

/// <summary><c>POST /api/compare</c> and <c>GET /api/comparisons</c>.</summary>
internal static class ComparisonsEndpoints
{
    public static void MapComparisons(this IEndpointRouteBuilder api)
    {
        api.MapPost("/compare", CompareAsync)
            .WithSummary("Compares a model's variants on one picture. Options: model, variants (comma-separated), mode, rounds, warmup; `save=wait` answers once the result is on disk.")
            .Produces<ComparisonResult>()
            .ProducesPictureProblems();
        api.MapGet("/comparisons", (ComparisonStore store) => store.All)
            .WithSummary("The latest comparisons, newest first.");
        api.MapGet("/comparisons/{id}.csv", async (string id, ComparisonService comparisons, CancellationToken cancellationToken) =>
                Results.File(Encoding.UTF8.GetBytes(ComparisonCsv.Write(await FindAsync(comparisons, id, cancellationToken))), "text/csv", $"latencylab-{id}.csv"))
            .WithSummary("One comparison as CSV.");
        api.MapGet("/comparisons/{id}/claims", async (string id, ComparisonService comparisons, ClaimMaker claims, CancellationToken cancellationToken) =>
                claims.Of(await FindAsync(comparisons, id, cancellationToken)))
            .WithSummary("What the comparison allows to be claimed of each variant, as figures, text and Markdown.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/comparisons/{id}", (string id, ComparisonService comparisons, CancellationToken cancellationToken) => FindAsync(comparisons, id, cancellationToken))
            .WithSummary("One comparison.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<ComparisonResult> CompareAsync(
        HttpRequest request, PictureReader pictures, ComparisonService comparisons, CancellationToken cancellationToken)
    {
        var image = await pictures.ReadAsync(request);
        var options = new Comparisons.CompareOptions
        {
            ImageId = "",
            ModelId = PictureReader.Option(request, "model"),
            VariantIds = PictureReader.Option(request, "variants")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            Mode = Mode(PictureReader.Option(request, "mode")),
            Rounds = NumberOption.Read(request, "rounds", 30, 1, ComparisonRequest.MaxRounds),
            WarmupRounds = NumberOption.Read(request, "warmup", 5, 0, ComparisonRequest.MaxWarmupRounds),
            WaitUntilSaved = PictureReader.Option(request, "save") == "wait",
        };
        return await comparisons.CompareAsync(image, options, progress: null, cancellationToken);
    }

    private static async Task<ComparisonResult> FindAsync(ComparisonService comparisons, string id, CancellationToken cancellationToken) =>
        await comparisons.FindAsync(id, cancellationToken) ?? throw new KeyNotFoundException($"There is no comparison `{id}`.");

    private static ComparisonMode Mode(string? text) => text?.ToLowerInvariant() switch
    {
        null or "isolated" => ComparisonMode.Isolated,
        "race" => ComparisonMode.Race,
        _ => throw new ApiException(Problems.BadOption, $"`mode` must be isolated or race, not `{text}`."),
    };
}
