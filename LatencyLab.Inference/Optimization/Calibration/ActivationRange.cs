namespace LatencyLab.Inference.Optimization.Calibration;

/// <summary>The interval that a tensor's values are taken to lie in; values outside saturate.</summary>
/// <param name="Min">The lower end.</param>
/// <param name="Max">The upper end, not below <paramref name="Min"/>.</param>
public readonly record struct ActivationRange(float Min, float Max);
