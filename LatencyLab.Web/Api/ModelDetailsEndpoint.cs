using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Facts;
using LatencyLab.Web.Zoo;

namespace LatencyLab.Web.Api;

/// <summary>All that is known of a model.</summary>
/// <param name="Summary">The model in one line.</param>
/// <param name="Sha256">Hash of the FP32 file, from the card.</param>
/// <param name="Source">Where the weights came from, from the card.</param>
/// <param name="Accuracies">What the card states.</param>
/// <param name="Facts">What the graph tells.</param>
internal sealed record ModelDetails(
    ModelSummary Summary, string? Sha256, string? Source, IReadOnlyList<MeasuredAccuracy> Accuracies, GraphFacts Facts);

/// <summary><c>GET /api/models/{id}</c></summary>
internal static class ModelDetailsEndpoint
{
    public static void MapModelDetails(this IEndpointRouteBuilder api) => api.MapGet("/models/{id}", DetailsAsync)
        .WithSummary("All that is known of a model: its card in short, its accuracies and what its graph tells.")
        .Produces<ModelDetails>()
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<ModelDetails> DetailsAsync(string id, IZooService zoo, CancellationToken cancellationToken)
    {
        var model = zoo.Find(id) ?? throw new KeyNotFoundException($"There is no model `{id}`. GET /api/models lists those there are.");
        return new ModelDetails(
            ModelSummary.Of(model), model.Card.Sha256, ModelSource.Describe(model.Card), MeasuredAccuracy.Of(model.Card),
            await zoo.FactsAsync(model.Id, cancellationToken));
    }
}
