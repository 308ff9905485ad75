using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Models;

namespace LatencyLab.Inference.Comparison;

/// <summary>What one variant answered, and how long each part took.</summary>
public sealed record VariantResult
{
    /// <summary>Identifier from the configuration: <c>control</c>, <c>engine</c>, <c>int8</c>, ...</summary>
    public required string Id { get; init; }

    /// <summary>Name for people.</summary>
    public required string Title { get; init; }

    /// <summary>The model's identifier.</summary>
    public required string ModelId { get; init; }

    /// <summary><c>fp32</c> or <c>int8</c>.</summary>
    public required string Precision { get; init; }

    /// <summary>Execution provider in force, for instance <c>CPU</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>Intra-op threads.</summary>
    public required int Threads { get; init; }

    /// <summary><c>disabled</c>, <c>basic</c>, <c>extended</c> or <c>all</c>.</summary>
    public required string GraphOptimization { get; init; }

    /// <summary>Size of the ONNX file.</summary>
    public required long ModelSizeBytes { get; init; }

    /// <summary>Address of the remote service, for remote variants.</summary>
    public string? Remote { get; init; }

    /// <summary>The five most probable classes, best first. Empty after a failure.</summary>
    public IReadOnlyList<Prediction> Predictions { get; init; } = [];

    /// <summary>Whether the best class is that of the control; null where either has none.</summary>
    public bool? AgreesWithControl { get; init; }

    /// <summary>Duration of the first answer after the model was loaded, from a drawn 640 × 480 JPEG to predictions.</summary>
    public double? ColdMs { get; init; }

    /// <summary>Totals of the warm-up rounds, in order.</summary>
    public IReadOnlyList<double> WarmupMs { get; init; } = [];

    /// <summary>Totals of the measured rounds, in order.</summary>
    public IReadOnlyList<double> SteadyMs { get; init; } = [];

    /// <summary>Number of measured rounds that this variant answered.</summary>
    public int Samples { get; init; }

    /// <summary>Stages of the measured rounds in request order; <see cref="Stage.Other"/> last.</summary>
    public IReadOnlyList<StageSummary> Stages { get; init; } = [];

    /// <summary>Total time of the measured rounds; null after a failure.</summary>
    public TotalSummary? Total { get; init; }

    /// <summary>How many times faster than the control, total against total; null for the control itself.</summary>
    public Speedup? Speedup { get; init; }

    /// <summary>The same of the inference stage alone.</summary>
    public Speedup? InferenceSpeedup { get; init; }

    /// <summary>In race mode: median total in the race over the median total when variants took turns just before it.</summary>
    public Speedup? ContentionCost { get; init; }

    /// <summary>Why this variant has no answer; null when it has one.</summary>
    public VariantFailure? Failure { get; init; }
}
