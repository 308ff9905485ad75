using LatencyLab.Inference.Comparison;
using LatencyLab.Inference.Models;

namespace LatencyLab.Web.Audience;

/// <summary>What one variant says of a photo from the audience.</summary>
/// <param name="Title">The variant's name for people.</param>
/// <param name="Predictions">Its most probable classes, best first, at most <see cref="MostPredictions"/>.</param>
/// <param name="TotalMs">Median total in milliseconds; null where it was not measured.</param>
public sealed record AudienceAnswer(string Title, IReadOnlyList<Prediction> Predictions, double? TotalMs = null)
{
    /// <summary>Classes that fit on a phone.</summary>
    public const int MostPredictions = 3;

    /// <summary>The answers of a comparison; variants that failed have none.</summary>
    public static IReadOnlyList<AudienceAnswer> Of(IEnumerable<VariantResult> variants) =>
        [.. variants.Where(variant => variant.Predictions.Count > 0)
            .Select(variant => new AudienceAnswer(variant.Title, [.. variant.Predictions.Take(MostPredictions)], variant.Total?.P50Ms))];
}
