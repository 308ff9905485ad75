using LatencyLab.Inference.Models;

namespace LatencyLab.Inference.Frontier;

/// <summary>A model that the others may be held against.</summary>
/// <param name="ModelId">The model's identifier.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Others">How many other models tell apart what it does, and so are measured beside it.</param>
public sealed record FrontierBase(string ModelId, string Title, int Others)
{
    /// <summary>All models: those with others of the same task first, among them the default; else in the catalogue's order.</summary>
    /// <param name="catalogue">The models.</param>
    /// <param name="defaultModelId">The model that is used where none is named.</param>
    public static IReadOnlyList<FrontierBase> Of(ModelCatalogue catalogue, string defaultModelId)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        var models = catalogue.Models;
        return
        [
            .. models
                .Select(model => new FrontierBase(model.Id, model.Title, models.Count(other => other.Id != model.Id && other.Labels.SequenceEqual(model.Labels))))
                .OrderBy(model => model.Others == 0)
                .ThenBy(model => !model.ModelId.Equals(defaultModelId, StringComparison.OrdinalIgnoreCase)),
        ];
    }
}
