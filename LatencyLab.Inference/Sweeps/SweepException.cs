namespace LatencyLab.Inference.Sweeps;

/// <summary>A sweep cannot be begun or gone on with; the message says why and what to do.</summary>
public sealed class SweepException(string message) : Exception(message);
