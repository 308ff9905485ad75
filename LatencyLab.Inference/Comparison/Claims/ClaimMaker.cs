using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Models;

namespace LatencyLab.Inference.Comparison.Claims;

/// <summary>Draws the claims that a comparison supports.</summary>
public sealed class ClaimMaker(ClaimAccuracy accuracy)
{
    /// <summary>
    /// One claim for the total and one for the inference of each variant that answered and was compared with the control, in the
    /// result's order. No speedup, no claim: the control and variants that failed have none.
    /// </summary>
    public IReadOnlyList<Claim> Of(ComparisonResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Variants is [var control, ..] ? [.. result.Variants.Skip(1).SelectMany(variant => Of(result, control, variant))] : [];
    }

    private IEnumerable<Claim> Of(ComparisonResult result, VariantResult control, VariantResult variant)
    {
        if (variant.Speedup is { } total)
        {
            yield return Make(result, control, variant, ClaimMeasure.Total, total) with
            {
                MedianMs = variant.Total?.P50Ms,
                ControlMedianMs = control.Total?.P50Ms,
            };
        }
        if (variant.InferenceSpeedup is { } inference)
        {
            yield return Make(result, control, variant, ClaimMeasure.Inference, inference) with
            {
                MedianMs = InferenceMs(variant),
                ControlMedianMs = InferenceMs(control),
            };
        }
    }

    private Claim Make(ComparisonResult result, VariantResult control, VariantResult variant, ClaimMeasure measure, Speedup speedup) => new()
    {
        ComparisonId = result.Id,
        CreatedAt = result.CreatedAt,
        VariantId = variant.Id,
        Title = variant.Title,
        ControlTitle = control.Title,
        ModelId = variant.ModelId,
        Measure = measure,
        Mode = result.Mode,
        Evidence = speedup.Ci95 switch { [> 1, _] => Evidence.Faster, [_, < 1] => Evidence.Slower, _ => Evidence.None },
        Speedup = speedup,
        Accuracy = accuracy.Of(variant, control, result.Environment),
        SameWeights = variant is { Remote: null, Precision: Precisions.Fp32 } && control is { Remote: null, Precision: Precisions.Fp32 }
            && variant.ModelId == control.ModelId && variant.ModelSizeBytes == control.ModelSizeBytes,
        AgreesWithControl = variant.AgreesWithControl,
        Samples = variant.Samples,
        Precision = variant.Precision,
        Provider = variant.Provider,
        Threads = variant.Threads,
        Remote = variant.Remote,
        Environment = result.Environment,
    };

    // The median of a sum is not the sum of medians: of a remote variant's two stages nothing is stated.
    private static double? InferenceMs(VariantResult variant) => variant.Remote is null
        ? variant.Stages.FirstOrDefault(stage => stage.Stage == Stage.Inference)?.P50Ms
        : null;
}
