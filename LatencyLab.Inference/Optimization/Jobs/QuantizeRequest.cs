using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Calibration;
using LatencyLab.Inference.Optimization.Quantization;

namespace LatencyLab.Inference.Optimization.Jobs;

/// <summary>What to quantize, and how. All but <see cref="MaxPictures"/> and <see cref="Pictures"/> is for <c>int8</c> alone.</summary>
public sealed record QuantizeRequest
{
    /// <summary>The model.</summary>
    public required string ModelId { get; init; }

    /// <summary>What is made.</summary>
    /// <value><c>int8</c> or <c>fp16</c>. The default value is <c>int8</c>.</value>
    public string Precision { get; init; } = Precisions.Int8;

    /// <summary>How activation ranges are drawn from the calibration pictures.</summary>
    /// <value>One of <see cref="CalibrationMethods.Names"/>, percentile with its share as in <c>percentile:99.9</c>. The default value is null: <see cref="CalibrationMethods.Default"/>.</value>
    public string? Method { get; init; }

    /// <summary>The bytes that stand for activations.</summary>
    /// <value>One of <see cref="ActivationTypes.Names"/>. The default value is null: the first of them.</value>
    public string? Activations { get; init; }

    /// <summary>Whether weights keep to 7 bits, for processors without VNNI; on such a processor they do in any case.</summary>
    /// <value>The default value is false.</value>
    public bool SevenBit { get; init; }

    /// <summary>Whether neighbouring layers share out the ranges of their weights first.</summary>
    /// <value>The default value is false.</value>
    public bool Equalize { get; init; }

    /// <summary>Layers that stay in float, by name; excludes <see cref="MaxDropPoints"/>.</summary>
    /// <value>The default value is none.</value>
    public IReadOnlyCollection<string> KeepInFloat { get; init; } = [];

    /// <summary>
    /// How many percentage points of agreement with the FP32 model may be lost, 0 to 100; the most sensitive layers then stay in float until
    /// that holds. Every other picture calibrates, and the rest judge.
    /// </summary>
    /// <value>The default value is null: every layer that can is quantized.</value>
    public double? MaxDropPoints { get; init; }

    /// <summary>How many of the pictures are used at most, evenly spread; 1 or more.</summary>
    /// <value>The default value is null: all of them.</value>
    public int? MaxPictures { get; init; }

    /// <summary>Calibration pictures; null for those of the configured folder.</summary>
    public IReadOnlyList<EncodedPicture>? Pictures { get; init; }
}
