namespace LatencyLab.Inference.Evaluation;

/// <summary>Pictures cannot be evaluated; the message says why and what to do.</summary>
public sealed class EvaluationRefusedException(string message, Exception? inner = null) : Exception(message, inner);
