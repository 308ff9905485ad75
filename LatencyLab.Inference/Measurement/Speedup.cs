namespace LatencyLab.Inference.Measurement;

/// <summary>A ratio of medians over paired rounds.</summary>
/// <param name="Value">The ratio; 2 means twice as fast.</param>
/// <param name="Ci95">Bootstrap 95 % interval: lower and upper end.</param>
public sealed record Speedup(double Value, double[] Ci95);
