using LatencyLab.Inference.Optimization.Quantization;

namespace LatencyLab.Inference.Optimization.AccuracyAware;

/// <summary>A model quantized within an accuracy budget.</summary>
/// <param name="Quantized">The model; all of it in float where nothing else holds the budget.</param>
/// <param name="Report">What was tried and what came out.</param>
public sealed record AccuracyAwareModel(QuantizedModel Quantized, AccuracyAwareReport Report);
