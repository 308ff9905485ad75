namespace LatencyLab.Inference.Optimization.Facts;

/// <summary>A set of operators that a model is written in.</summary>
/// <param name="Domain">"ai.onnx" for the standard set.</param>
/// <param name="Version">The opset.</param>
public sealed record OperatorSet(string Domain, long Version);
