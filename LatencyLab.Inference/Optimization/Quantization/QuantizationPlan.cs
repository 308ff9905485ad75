using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Inference.Optimization.Quantization;

/// <summary>Which operators run in INT8, which do not and why.</summary>
/// <param name="Operators">By their node, in topological order.</param>
/// <param name="LeftInFloat">The activation operators that stay in FP32.</param>
internal sealed record QuantizationPlan(IReadOnlyDictionary<NodeProto, PlannedOperator> Operators, IReadOnlyList<FloatLayer> LeftInFloat);
