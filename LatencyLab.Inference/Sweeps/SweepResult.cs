using System.Text.Json.Serialization;
using LatencyLab.Inference.Runtime;
using LatencyLab.Inference.Sweeps.ColdStart;

namespace LatencyLab.Inference.Sweeps;

/// <summary>How latency, throughput, memory and cold start of variants depend on input size and batch size.</summary>
public sealed record SweepResult
{
    /// <summary>Identifier.</summary>
    public required string Id { get; init; }

    /// <summary>When the sweep was begun.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The machine at the end.</summary>
    public required EnvironmentFacts Environment { get; init; }

    /// <summary>What was asked for.</summary>
    public required SweepSettings Settings { get; init; }

    /// <summary>The variants.</summary>
    public required IReadOnlyList<SweptVariant> Variants { get; init; }

    /// <summary>All cells by variant, size and batch.</summary>
    public required IReadOnlyList<SweepCell> Cells { get; init; }

    /// <summary>Latency against batch size, a straight line for each variant and size with three batch sizes at least.</summary>
    public required IReadOnlyList<LatencyFit> Fits { get; init; }

    /// <summary>What explains the cold starts.</summary>
    public required ColdStartExplanation ColdStart { get; init; }

    /// <summary>What was not swept and why, and how the numbers are to be read.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>A variant of the sweep.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Title">Name for people.</param>
/// <param name="ModelId">The model.</param>
/// <param name="Precision"><c>fp32</c>, <c>fp16</c> or <c>int8</c>.</param>
/// <param name="Provider">Execution provider in force.</param>
/// <param name="Threads">Intra-op threads.</param>
/// <param name="GraphOptimization"><c>disabled</c>, <c>basic</c>, <c>extended</c> or <c>all</c>.</param>
/// <param name="ModelSizeBytes">Size of the ONNX file.</param>
public sealed record SweptVariant(
    string Id, string Title, string ModelId, string Precision, string Provider, int Threads, string GraphOptimization, long ModelSizeBytes);

/// <summary>One variant at one input size and batch size. Numbers are absent where the cell failed.</summary>
public sealed record SweepCell
{
    /// <summary>The variant.</summary>
    public required string VariantId { get; init; }

    /// <summary>The model.</summary>
    public required string ModelId { get; init; }

    /// <summary>Side of the square input in pixels.</summary>
    public required int InputPx { get; init; }

    /// <summary>Pictures a run.</summary>
    public required int Batch { get; init; }

    /// <summary>Measured runs.</summary>
    public required int Samples { get; init; }

    /// <summary>Median time of a run with the whole batch.</summary>
    public double? P50Ms { get; init; }

    /// <summary>95th percentile; absent below 130 samples.</summary>
    public double? P95Ms { get; init; }

    /// <summary>Mean time of a run.</summary>
    public double? MeanMs { get; init; }

    /// <summary>Order-statistic 95 % interval of the median over all runs: lower and upper end.</summary>
    [JsonPropertyName("ci95Ms")]
    public double[]? Ci95Ms { get; init; }

    /// <summary>Median of each visit, a session of its own: how far they lie apart is what one session cannot tell.</summary>
    public IReadOnlyList<double> VisitsP50Ms { get; init; } = [];

    /// <summary>Pictures a second: batch over median.</summary>
    public double? ThroughputPerSecond { get; init; }

    /// <summary>Most that main memory grew by during a visit, from before the session's creation: weights, arena, input and output.</summary>
    public long? PeakMemoryBytes { get; init; }

    /// <summary>
    /// Most of ONNX Runtime's arena, the session's own pool of memory, that was in use at a time during a visit: the tensors between the
    /// layers, scratch memory, and the weights that the runtime packs into it (INT8 ones; FP32 ones lie outside, as do input and output).
    /// Null where the runtime does not tell.
    /// </summary>
    public long? ArenaBytes { get; init; }

    /// <summary>Creation of the session and first run, median over the visits.</summary>
    public double? ColdStartMs { get; init; }

    /// <summary>The runs after the first until the time settled: medians over the visits, run by run.</summary>
    public IReadOnlyList<double> WarmupMs { get; init; } = [];

    /// <summary>Why there are no numbers; null where there are.</summary>
    public string? Failure { get; init; }
}
