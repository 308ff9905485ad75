namespace LatencyLab.Inference.Optimization.Pruning;

/// <summary>A model could not be pruned; the message names the problem and the fix, for people.</summary>
public sealed class PruningException(string message, Exception? innerException = null) : Exception(message, innerException);
