namespace LatencyLab.Inference.Optimization.Jobs;

/// <summary>A quantization cannot begin; the message names the option at fault and what to do.</summary>
public sealed class QuantizeRefusedException(string message) : Exception(message);
