namespace LatencyLab.Inference.Comparison.Claims;

/// <summary>What a variant's model gains or loses in accuracy against the control's, by the model card.</summary>
/// <param name="Points">Difference of the two top-1 accuracies in percentage points; negative where the variant is worse.</param>
/// <param name="Data">Name of the data set.</param>
/// <param name="Pictures">Pictures on which both were measured; null where the card does not say.</param>
public sealed record AccuracyDifference(double Points, string Data, int? Pictures);
