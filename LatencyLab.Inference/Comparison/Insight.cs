namespace LatencyLab.Inference.Comparison;

/// <summary>A conclusion drawn from a comparison.</summary>
/// <param name="Kind">Stable name of the rule that drew it, for instance <c>amdahl</c>.</param>
/// <param name="Text">One or two sentences for people.</param>
public sealed record Insight(string Kind, string Text);
