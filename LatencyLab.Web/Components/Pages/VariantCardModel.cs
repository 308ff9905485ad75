using LatencyLab.Inference.Comparison;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Web.Components.Pages;

/// <summary>What one card shows.</summary>
/// <param name="Status">What is configured.</param>
/// <param name="Result">Its answer so far, if any.</param>
public sealed record VariantCardModel(VariantStatus Status, VariantResult? Result)
{
    /// <summary>The cards of a page.</summary>
    /// <param name="chosen">The variants that are to take part.</param>
    /// <param name="answers">What is known so far.</param>
    /// <param name="finished">Whether the answers are those of a finished comparison; then they alone count, whatever is chosen now.</param>
    public static IReadOnlyList<VariantCardModel> Of(IEnumerable<VariantStatus> chosen, IReadOnlyList<VariantResult> answers, bool finished)
    {
        var statuses = chosen.ToDictionary(status => status.Id);
        return finished
            ? [.. answers.Select(answer => new VariantCardModel(statuses.GetValueOrDefault(answer.Id) ?? StatusOf(answer), answer))]
            : [.. statuses.Values.Select(status => new VariantCardModel(status, answers.FirstOrDefault(answer => answer.Id == status.Id)))];
    }

    // A kept result may name a variant that is no longer configured.
    private static VariantStatus StatusOf(VariantResult answer) => new()
    {
        Id = answer.Id,
        Title = answer.Title,
        Description = "",
        ModelId = answer.ModelId,
        Precision = answer.Precision,
        Provider = answer.Provider,
        Threads = answer.Threads,
        GraphOptimization = answer.GraphOptimization,
        ModelSizeBytes = answer.ModelSizeBytes,
        State = VariantState.Ready,
    };
}
