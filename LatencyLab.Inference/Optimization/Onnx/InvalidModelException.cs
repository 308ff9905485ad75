namespace LatencyLab.Inference.Optimization.Onnx;

/// <summary>A model was refused; the message names the problem and the fix, for people.</summary>
public sealed class InvalidModelException(string message, Exception? innerException = null) : Exception(message, innerException);
