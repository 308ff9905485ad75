namespace LatencyLab.Inference.Measurement;

/// <summary>One stage over the measured rounds.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="P50Ms">Median duration in milliseconds.</param>
/// <param name="MeanMs">Mean duration in milliseconds; the means of all stages add up to the mean total.</param>
/// <param name="TypicalMs">
/// Mean duration in the half of the rounds whose totals lie around the median, in milliseconds: unlike medians, these add up, and unlike
/// means, a few disturbed rounds do not bend them.
/// </param>
public sealed record StageSummary(Stage Stage, double P50Ms, double MeanMs, double TypicalMs);
