namespace LatencyLab.Inference.Optimization.Jobs;

/// <summary>A quantization, sensitivity analysis or pruning cannot begin; the message names the option at fault and what to do.</summary>
public sealed class OptimizationRefusedException(string message) : Exception(message);
