namespace LatencyLab.Inference.Optimization.Jobs;

/// <summary>How far a model made from another answers as that one does.</summary>
/// <param name="Pictures">Pictures that both answered; at least 1.</param>
/// <param name="Share">Share of them on which both put the same class first, 0 to 1.</param>
/// <param name="TopLogitMedianError">Median over them of how far the logit of the original's best class moved.</param>
/// <param name="TopLogitMaxError">The largest such move.</param>
internal sealed record MeasuredAgreement(int Pictures, double Share, double TopLogitMedianError, double TopLogitMaxError);
