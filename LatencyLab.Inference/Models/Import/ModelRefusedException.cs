namespace LatencyLab.Inference.Models.Import;

/// <summary>A model is not taken in; the message names the file, the problem and the fix.</summary>
/// <param name="reason">Why, for programs.</param>
/// <param name="message">Why, for people.</param>
/// <param name="innerException">What was caught, if anything.</param>
public sealed class ModelRefusedException(ImportRefusal reason, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>Why.</summary>
    public ImportRefusal Reason { get; } = reason;
}
