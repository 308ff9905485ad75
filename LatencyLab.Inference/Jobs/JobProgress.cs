namespace LatencyLab.Inference.Jobs;

/// <summary>How far a running job is.</summary>
/// <param name="Step">What it is doing, in words.</param>
/// <param name="Share">Share of all its work that is done, 0 to 1; null while unknown.</param>
public sealed record JobProgress(string Step, double? Share = null);
