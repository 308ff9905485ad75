using LatencyLab.Inference.Runtime;

namespace LatencyLab.Web.History;

/// <summary>What the list says of a run, as far as its result or its request tells.</summary>
public sealed record RunDescription
{
    /// <summary>What was measured, for people.</summary>
    public required string Title { get; init; }

    /// <summary>The machine.</summary>
    public required EnvironmentFacts Environment { get; init; }

    /// <summary>The models in it.</summary>
    public IReadOnlyList<string> ModelIds { get; init; } = [];

    /// <summary>The variants in it.</summary>
    public IReadOnlyList<string> VariantIds { get; init; } = [];

    /// <summary>The few figures that the list shows; none before the end.</summary>
    public IReadOnlyList<HeadlineFigure> Headline { get; init; } = [];
}
