namespace LatencyLab.Inference.Sessions;

/// <summary>A model stays; the message names the reason and what to do.</summary>
/// <param name="reason">Why, for programs.</param>
/// <param name="message">Why, for people.</param>
public sealed class ModelRemovalRefusedException(RemovalRefusal reason, string message) : Exception(message)
{
    /// <summary>Why.</summary>
    public RemovalRefusal Reason { get; } = reason;
}

/// <summary>Why a model is not removed.</summary>
public enum RemovalRefusal
{
    /// <summary>It ships with the program, or lies in a configured folder.</summary>
    NotImported,

    /// <summary>It is the model that is used where none is named.</summary>
    DefaultModel,

    /// <summary>A job works on it.</summary>
    InUse,
}
