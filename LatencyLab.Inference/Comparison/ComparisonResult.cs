using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Runtime;

namespace LatencyLab.Inference.Comparison;

/// <summary>One image against several variants. The same record serializes in REST, CLI, export and history.</summary>
public sealed record ComparisonResult
{
    /// <summary>Unguessable identifier, also the permalink's last part.</summary>
    public required string Id { get; init; }

    /// <summary>When the comparison began, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How the variants were run against each other.</summary>
    public required ComparisonMode Mode { get; init; }

    /// <summary>Measured rounds; in each, every variant answers once.</summary>
    public required int Rounds { get; init; }

    /// <summary>Rounds run and recorded before the measured ones, and kept out of every figure but the warm-up series.</summary>
    public required int WarmupRounds { get; init; }

    /// <summary>What is known of the picture.</summary>
    public required ImageFacts Image { get; init; }

    /// <summary>The machine and runtime that gave these numbers.</summary>
    public required EnvironmentFacts Environment { get; init; }

    /// <summary>One entry a variant, control first, then in configured order.</summary>
    public required IReadOnlyList<VariantResult> Variants { get; init; }

    /// <summary>What follows from the numbers, in sentences.</summary>
    public IReadOnlyList<Insight> Insights { get; init; } = [];

    /// <summary>Upload and render as the browser measured them; absent for API and CLI callers.</summary>
    public BrowserTiming? Browser { get; init; }
}
