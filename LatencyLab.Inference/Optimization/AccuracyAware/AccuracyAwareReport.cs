using LatencyLab.Inference.Optimization.Quantization;

namespace LatencyLab.Inference.Optimization.AccuracyAware;

/// <summary>How a model was quantized within an accuracy budget.</summary>
public sealed record AccuracyAwareReport
{
    /// <summary>The model.</summary>
    public required string ModelId { get; init; }

    /// <summary>What drops: <c>top1</c>, the share of labelled pictures answered right; or <c>agreement</c>, the share of pictures answered as the float model does.</summary>
    public required string Measure { get; init; }

    /// <summary>The budget: how far the measure may drop below the float model's, in percentage points.</summary>
    public required double MaxDropPoints { get; init; }

    /// <summary>Pictures that the model was calibrated on and its layers were ranked on.</summary>
    public required int CalibrationPictures { get; init; }

    /// <summary>Other pictures, on which the drop was measured.</summary>
    public required int EvaluationPictures { get; init; }

    /// <summary>What one picture is worth, in percentage points: a smaller budget means that none may be lost.</summary>
    public double ResolutionPoints => 100.0 / EvaluationPictures;

    /// <summary>The float model's share of pictures answered right, 0 to 1; absent without labels.</summary>
    public double? FloatTop1 { get; init; }

    /// <summary>Layers with weights, in float or not.</summary>
    public required int Layers { get; init; }

    /// <summary>The layers that were chosen to stay in float, the most sensitive first.</summary>
    public required IReadOnlyList<string> FloatLayers { get; init; }

    /// <summary>The drop of the result, in percentage points.</summary>
    public required double DropPoints { get; init; }

    /// <summary>The drop's 95 % interval.</summary>
    public required IReadOnlyList<double> Ci95Points { get; init; }

    /// <summary>What came out, in a sentence or two.</summary>
    public required string Conclusion { get; init; }

    /// <summary>Every candidate, in the order in which it was run.</summary>
    public required IReadOnlyList<AccuracyTrial> Trials { get; init; }

    /// <summary>What the quantization itself did.</summary>
    public required QuantizationReport Quantization { get; init; }

    /// <summary>How long it took, in milliseconds.</summary>
    public required double DurationMs { get; init; }
}
