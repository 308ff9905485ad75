using LatencyLab.Inference.Comparison;
using LatencyLab.Inference.Runtime;

namespace LatencyLab.Inference.Frontier;

/// <summary>Accuracy against latency of all configurations of the models that share one task.</summary>
public sealed record FrontierResult
{
    /// <summary>When it was measured.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The model whose control the speedups refer to, and whose FP32 accuracy the drops.</summary>
    public required string BaseModelId { get; init; }

    /// <summary>The data set whose accuracies are held against each other; null where the base's card states none.</summary>
    public string? DataSet { get; init; }

    /// <summary>The machine.</summary>
    public required EnvironmentFacts Environment { get; init; }

    /// <summary>Measured rounds.</summary>
    public required int Rounds { get; init; }

    /// <summary>The configurations, the fastest first.</summary>
    public required IReadOnlyList<FrontierRow> Rows { get; init; }

    /// <summary>Configurations that could not be measured, and why.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>What a reader should know before trusting the numbers.</summary>
    public IReadOnlyList<Insight> Insights { get; init; } = [];

    /// <summary>The same without a model that is gone; null where all others were held against it.</summary>
    public FrontierResult? Without(string modelId) =>
        BaseModelId == modelId ? null
        : Rows.Any(row => row.ModelId == modelId) ? this with { Rows = ParetoFront.Mark([.. Rows.Where(row => row.ModelId != modelId)]) }
        : this;
}
