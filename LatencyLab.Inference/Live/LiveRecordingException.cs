namespace LatencyLab.Inference.Live;

/// <summary>A file is no recording that can be replayed; the message says what is wrong with it and what to do.</summary>
public sealed class LiveRecordingException(string message, Exception? innerException = null) : Exception(message, innerException);
