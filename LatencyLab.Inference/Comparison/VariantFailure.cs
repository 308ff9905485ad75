namespace LatencyLab.Inference.Comparison;

/// <summary>Why a variant has no answer.</summary>
/// <param name="Stage">Where it failed: a stage name, or <c>load</c>, <c>warm-up</c>, <c>preparing</c>, <c>cancelled</c>.</param>
/// <param name="Message">What happened and what to do about it.</param>
public sealed record VariantFailure(string Stage, string Message);
