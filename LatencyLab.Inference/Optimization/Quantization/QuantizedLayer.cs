namespace LatencyLab.Inference.Optimization.Quantization;

/// <summary>An operator that runs in INT8.</summary>
/// <param name="Name">The node's name, or its output's where it has none.</param>
/// <param name="Operator">The operator type, for instance "Conv".</param>
/// <param name="Output">How what it makes maps to bytes; null where its INT8 kernel writes floats.</param>
public sealed record QuantizedLayer(string Name, string Operator, ActivationScale? Output);
