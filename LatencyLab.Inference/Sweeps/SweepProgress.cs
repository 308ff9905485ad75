namespace LatencyLab.Inference.Sweeps;

/// <summary>How far a sweep is.</summary>
/// <param name="Step">What it measures now, in words.</param>
/// <param name="VisitsDone">Visits of cells that are done.</param>
/// <param name="Visits">All visits.</param>
/// <param name="Share">Share of the work that is done, 0 to 1; larger inputs count more.</param>
/// <param name="RemainingMs">Estimate of the time that is left; null while unknown.</param>
public sealed record SweepProgress(string Step, int VisitsDone, int Visits, double Share, double? RemainingMs);
