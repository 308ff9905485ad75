using LatencyLab.Inference.Models;
using LatencyLab.Inference.Runtime;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Inference.Comparison.Claims;

/// <summary>Finds what model cards say of a variant's accuracy, and only where they speak of the very file that ran.</summary>
public sealed class ClaimAccuracy(ModelCatalogue catalogue, IReadOnlyList<VariantOptions> configured)
{
    /// <summary>The difference on the first data set for which the card states both; null where it does not.</summary>
    public AccuracyDifference? Of(VariantResult variant, VariantResult control, EnvironmentFacts environment)
    {
        ArgumentNullException.ThrowIfNull(variant);
        ArgumentNullException.ThrowIfNull(control);
        ArgumentNullException.ThrowIfNull(environment);
        if (variant.ModelId != control.ModelId || catalogue.Find(variant.ModelId) is not { } model
            || FileName(model, variant, environment) is not { } own || FileName(model, control, environment) is not { } reference || own == reference)
        {
            return null;
        }
        var stated = MeasuredAccuracy.Of(model.Card);
        var pairs =
            from mine in stated
            where mine.Precision == own
            from other in stated
            where other.Precision == reference && other.Data == mine.Data
            select new AccuracyDifference(
                Math.Round(100 * (mine.Top1 - other.Top1), 6), mine.Data, mine.Pictures == other.Pictures ? mine.Pictures : null);
        return pairs.FirstOrDefault();
    }

    /// <summary>
    /// The card's name of the file that a variant ran; null where it ran another one: made from the page, far away, or measured
    /// where the model is a different one.
    /// </summary>
    private string? FileName(Model model, VariantResult variant, EnvironmentFacts environment)
    {
        var options = configured.FirstOrDefault(options => options.Id == variant.Id);
        if (options is null || variant.Remote is not null || options.Precision != variant.Precision)
        {
            return null;
        }
        var sevenBit = variant.Precision == Precisions.Int8 && environment.Int8Path.StartsWith("AVX2", StringComparison.Ordinal);
        var name = sevenBit ? Precisions.Int8SevenBit : variant.Precision;
        return model.FileOf(name)?.SizeBytes == variant.ModelSizeBytes ? name : null;
    }
}
