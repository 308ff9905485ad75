namespace LatencyLab.Inference.Evaluation;

/// <summary>How far an optimized model answers as the original does, on pictures whose classes need not be known.</summary>
public sealed record Agreement
{
    /// <summary>The model.</summary>
    public required string ModelId { get; init; }

    /// <summary>What it is compared with, as it was named.</summary>
    public required string Against { get; init; }

    /// <summary>Pictures compared.</summary>
    public required int Pictures { get; init; }

    /// <summary>Pictures with the same best class.</summary>
    public required int Agreeing { get; init; }

    /// <summary>Share of pictures with the same best class, 0 to 1.</summary>
    public double Share => (double)Agreeing / Pictures;

    /// <summary>Median over pictures of how far the logit of the original's best class moved.</summary>
    public required double TopLogitMedianError { get; init; }

    /// <summary>The largest such move.</summary>
    public required double TopLogitMaxError { get; init; }

    /// <summary>The pictures with different best classes.</summary>
    public required IReadOnlyList<Disagreement> Disagreements { get; init; }
}

/// <summary>A picture for which two models have different best classes.</summary>
/// <param name="Picture">The file's name.</param>
/// <param name="Reference">The original's best class.</param>
/// <param name="ReferenceProbability">The original's probability for it, 0 to 1.</param>
/// <param name="Candidate">The other's best class.</param>
/// <param name="CandidateProbability">The other's probability for that, 0 to 1.</param>
public sealed record Disagreement(string Picture, string Reference, double ReferenceProbability, string Candidate, double CandidateProbability);
