using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Runtime;

namespace LatencyLab.Inference.Comparison.Claims;

/// <summary>What may be said of one variant against the control after a comparison, with everything that it rests on.</summary>
public sealed record Claim
{
    /// <summary>The comparison that was measured.</summary>
    public required string ComparisonId { get; init; }

    /// <summary>When it began, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The variant that the claim is about.</summary>
    public required string VariantId { get; init; }

    /// <summary>Its name for people.</summary>
    public required string Title { get; init; }

    /// <summary>Name of the control for people.</summary>
    public required string ControlTitle { get; init; }

    /// <summary>The model's identifier.</summary>
    public required string ModelId { get; init; }

    /// <summary>What was timed.</summary>
    public required ClaimMeasure Measure { get; init; }

    /// <summary>Whether variants took turns or ran at once; only the former is worth quoting.</summary>
    public required ComparisonMode Mode { get; init; }

    /// <summary>Faster or slower where the interval leaves out 1, else no evidence.</summary>
    public required Evidence Evidence { get; init; }

    /// <summary>How many times faster than the control, with its 95 % interval.</summary>
    public required Speedup Speedup { get; init; }

    /// <summary>Median of the variant in milliseconds; null where the result does not state it.</summary>
    public double? MedianMs { get; init; }

    /// <summary>Median of the control in milliseconds; null where the result does not state it.</summary>
    public double? ControlMedianMs { get; init; }

    /// <summary>Accuracy against the control's; null where no model card tells.</summary>
    public AccuracyDifference? Accuracy { get; init; }

    /// <summary>Whether both run the same weights: then accuracy is no question.</summary>
    public bool SameWeights { get; init; }

    /// <summary>Whether the best class on the picture is that of the control; null where either has none.</summary>
    public bool? AgreesWithControl { get; init; }

    /// <summary>Measured rounds behind the ratio.</summary>
    public required int Samples { get; init; }

    /// <summary>Precision of the variant's model.</summary>
    public required string Precision { get; init; }

    /// <summary>Execution provider of the variant.</summary>
    public required string Provider { get; init; }

    /// <summary>Intra-op threads of the variant.</summary>
    public required int Threads { get; init; }

    /// <summary>Address of the remote service, for remote variants.</summary>
    public string? Remote { get; init; }

    /// <summary>The machine and runtime that gave the figures.</summary>
    public required EnvironmentFacts Environment { get; init; }

    /// <summary>One sentence for people: faster or slower by how much, or that there is no evidence.</summary>
    public string Headline => ClaimText.Headline(this);

    /// <summary>All in one line, for a slide or a message.</summary>
    public string Text => ClaimText.Line(this);

    /// <summary>The same with its basis, as Markdown.</summary>
    public string Markdown => ClaimMarkdown.Of(this);
}
