namespace LatencyLab.Inference.Jobs;

/// <summary>Too many jobs wait already.</summary>
public sealed class JobQueueFullException(int waiting)
    : Exception($"{waiting} jobs wait already. Wait until one has ended, or cancel one.");
