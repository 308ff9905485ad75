namespace LatencyLab.Inference.Sweeps.ColdStart;

/// <summary>
/// Which features explain cold-start time best, by permutation importance of a random forest (Breiman 2001) over the collected runs; what
/// <em>On Serving Image Classification Models</em> shows as its top 15. Explains, does not prove a cause: features that go together share
/// their importance.
/// </summary>
public sealed record ColdStartExplanation
{
    /// <summary>Cold starts that were collected.</summary>
    public required int Runs { get; init; }

    /// <summary>Fewest cold starts from which features are ranked.</summary>
    public required int MinRuns { get; init; }

    /// <summary>
    /// Share of the variance of the logarithm of the time that the forest explains in runs that its trees have not seen, up to 1; at 0 or
    /// below it explains nothing, and the ranking means nothing. Absent with too few runs.
    /// </summary>
    public double? R2 { get; init; }

    /// <summary>The best 15 at most, best first; empty with too few runs.</summary>
    public required IReadOnlyList<FeatureImportance> Features { get; init; }

    /// <summary>What the numbers are worth, in one sentence.</summary>
    public required string Verdict { get; init; }
}

/// <summary>How much one feature explains.</summary>
/// <param name="Name">Where it comes from (<c>before.</c>, <c>during.</c> or <c>cell.</c>), then the metric's name.</param>
/// <param name="Importance">
/// How much the forest's squared error on unseen runs grows when this feature's values are shuffled among them, over the variance.
/// </param>
/// <param name="Deviation">Standard deviation over the shuffles.</param>
public sealed record FeatureImportance(string Name, double Importance, double Deviation)
{
    /// <summary>Unit of its values, as the hardware monitor names units; absent where it is not known, as in results of older versions.</summary>
    public string? Unit { get; init; }

    /// <summary>What it is, in one sentence for people; absent where it is not known.</summary>
    public string? Description { get; init; }
}
