namespace LatencyLab.Inference.Optimization.Quantization;

/// <summary>An operator that stays in FP32.</summary>
/// <param name="Name">The node's name, or its output's where it has none.</param>
/// <param name="Operator">The operator type, for instance "Softmax".</param>
/// <param name="Reason">Why, in a sentence.</param>
public sealed record FloatLayer(string Name, string Operator, string Reason);
