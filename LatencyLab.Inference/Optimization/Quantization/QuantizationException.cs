namespace LatencyLab.Inference.Optimization.Quantization;

/// <summary>A model could not be quantized; the message names the problem and the fix, for people.</summary>
public sealed class QuantizationException(string message, Exception? innerException = null) : Exception(message, innerException);
