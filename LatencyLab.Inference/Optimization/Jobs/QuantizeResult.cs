using LatencyLab.Inference.Optimization.AccuracyAware;
using LatencyLab.Inference.Optimization.Quantization;

namespace LatencyLab.Inference.Optimization.Jobs;

/// <summary>What a quantization made.</summary>
public sealed record QuantizeResult
{
    /// <summary>The new variant.</summary>
    public required string VariantId { get; init; }

    /// <summary>Its name for people.</summary>
    public required string Title { get; init; }

    /// <summary><c>int8</c> or <c>fp16</c>.</summary>
    public required string Precision { get; init; }

    /// <summary>How activation ranges were drawn; null where nothing was calibrated.</summary>
    public string? Method { get; init; }

    /// <summary>Pictures that it was calibrated on; 0 where nothing was calibrated.</summary>
    public required int CalibrationPictures { get; init; }

    /// <summary>Operators that run in the new precision.</summary>
    public required int ConvertedLayers { get; init; }

    /// <summary>Operators that stay in FP32, each with its reason.</summary>
    public required IReadOnlyList<FloatLayer> LeftInFloat { get; init; }

    /// <summary>How the budget was held; null where there was none.</summary>
    public AccuracyAwareReport? Budget { get; init; }

    /// <summary>Size of the FP32 file in bytes.</summary>
    public required long SizeBeforeBytes { get; init; }

    /// <summary>Size of the new file in bytes.</summary>
    public required long SizeAfterBytes { get; init; }

    /// <summary>How long it took, in milliseconds.</summary>
    public required double DurationMs { get; init; }

    /// <summary>
    /// Pictures on which its answers were compared with those of the FP32 model. They are those that were given to calibrate with, so that
    /// an INT8 model has seen them, or half of them within a budget. 0 where there were none.
    /// </summary>
    public required int ComparedPictures { get; init; }

    /// <summary>Share of the compared pictures on which its best class is that of the FP32 model, 0 to 1; null where there were none.</summary>
    public double? Agreement { get; init; }

    /// <summary>Median over the compared pictures of how far the logit of the FP32 model's best class moved; null where there were none.</summary>
    public double? TopLogitMedianError { get; init; }

    /// <summary>The largest such move; null where there were no pictures.</summary>
    public double? TopLogitMaxError { get; init; }
}
