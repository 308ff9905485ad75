using LatencyLab.Inference.Measurement;

namespace LatencyLab.Inference.Frontier;

/// <summary>One configuration: a model in one precision, run in one way.</summary>
public sealed record FrontierRow
{
    /// <summary>The model's identifier.</summary>
    public required string ModelId { get; init; }

    /// <summary><c>fp32</c>, <c>fp16</c> or <c>int8</c>.</summary>
    public required string Precision { get; init; }

    /// <summary>How it is run: <c>control</c> with graph optimizations off, <c>engine</c> with all, <c>int8</c> or <c>fp16</c> likewise with all, or the identifier of a variant that was made here.</summary>
    public required string VariantId { get; init; }

    /// <summary>Share of test pictures whose first answer is right, 0 to 1, as it was measured of this file; null where that is not stated.</summary>
    public double? Top1 { get; init; }

    /// <summary>Points of top-1 (0 to 100) below the base model in FP32; negative where it is better; null where either is unknown.</summary>
    public double? DropPoints { get; init; }

    /// <summary>Median time of one inference, in milliseconds, over the rounds.</summary>
    public required double InferenceP50Ms { get; init; }

    /// <summary>Times as fast as the base model's control, inference stage, over paired rounds.</summary>
    public required Speedup Speedup { get; init; }

    /// <summary>Size of the ONNX file in bytes.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>Whether no other row is at least as fast and at least as accurate, and better in one of the two.</summary>
    public required bool OnFrontier { get; init; }
}
