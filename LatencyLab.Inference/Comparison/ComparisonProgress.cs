namespace LatencyLab.Inference.Comparison;

/// <summary>How far a comparison is, with what is known so far.</summary>
/// <param name="RoundsDone">Rounds finished, warm-up included.</param>
/// <param name="RoundsTotal">Rounds asked for, warm-up included.</param>
/// <param name="Variants">The variants that have answered or failed so far, with summaries of the rounds up to now.</param>
public sealed record ComparisonProgress(int RoundsDone, int RoundsTotal, IReadOnlyList<VariantResult> Variants);
