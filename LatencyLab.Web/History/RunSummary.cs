namespace LatencyLab.Web.History;

/// <summary>One run as the list shows it.</summary>
public record RunSummary
{
    /// <summary>Unguessable identifier; a comparison's is that of its permalink.</summary>
    public required string Id { get; init; }

    /// <summary><c>comparison</c>, <c>load</c>, <c>profile</c>, <c>layers</c> or <c>frontier</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What was measured, for people.</summary>
    public required string Title { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ended; null while it runs, and where the end is not known.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>How far it got.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>Why it failed or was interrupted; null otherwise.</summary>
    public string? Message { get; init; }

    /// <summary>Where it was measured.</summary>
    public required RunMachine Machine { get; init; }

    /// <summary>The models in it.</summary>
    public IReadOnlyList<string> ModelIds { get; init; } = [];

    /// <summary>The variants in it.</summary>
    public IReadOnlyList<string> VariantIds { get; init; } = [];

    /// <summary>The few figures that the list shows.</summary>
    public IReadOnlyList<HeadlineFigure> Headline { get; init; } = [];
}

/// <summary>A figure of the list.</summary>
/// <param name="Name">What it is, for people: <c>INT8</c>, <c>throughput</c>.</param>
/// <param name="Value">The figure.</param>
/// <param name="Unit"><c>ms</c>, <c>×</c>, <c>/s</c>, <c>bytes</c> or <c>%</c>; empty for a count.</param>
public sealed record HeadlineFigure(string Name, double Value, string Unit);
