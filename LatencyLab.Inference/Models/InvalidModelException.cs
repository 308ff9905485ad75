namespace LatencyLab.Inference.Models;

/// <summary>A model card or model file cannot be used; the message names the file, the problem and the fix.</summary>
public sealed class InvalidModelException(string message, Exception? innerException = null) : Exception(message, innerException);
