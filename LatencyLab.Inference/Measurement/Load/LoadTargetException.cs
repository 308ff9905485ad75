namespace LatencyLab.Inference.Measurement.Load;

/// <summary>Load cannot be put on a target; the message says why and what to do.</summary>
public sealed class LoadTargetException(string message, Exception? innerException = null) : Exception(message, innerException);
