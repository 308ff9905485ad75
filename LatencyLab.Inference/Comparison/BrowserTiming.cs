namespace LatencyLab.Inference.Comparison;

/// <summary>What only the browser can measure. Durations, never timestamps: the two clocks differ.</summary>
/// <param name="UploadMs">From the first byte sent to the server's answer that the picture has arrived.</param>
/// <param name="RenderMs">From the arrival of the result to the painted frame; 0 until it was painted.</param>
public sealed record BrowserTiming(double UploadMs, double RenderMs);
