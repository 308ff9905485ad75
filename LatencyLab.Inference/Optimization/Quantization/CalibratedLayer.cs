namespace LatencyLab.Inference.Optimization.Quantization;

/// <summary>An operator that can run in INT8.</summary>
/// <param name="Name">The node's name, or its output's where it has none.</param>
/// <param name="Operator">The operator type, for instance "Conv".</param>
/// <param name="IsWeighted">Whether it multiplies with stored weights.</param>
internal sealed record CalibratedLayer(string Name, string Operator, bool IsWeighted);
