namespace LatencyLab.Inference.Optimization.Quantization;

/// <summary>What a quantization did.</summary>
public sealed record QuantizationReport
{
    /// <summary>The operators that run in INT8, in topological order.</summary>
    public required IReadOnlyList<QuantizedLayer> Quantized { get; init; }

    /// <summary>The operators that stay in FP32, each with its reason.</summary>
    public required IReadOnlyList<FloatLayer> LeftInFloat { get; init; }

    /// <summary>The calibration method, for instance "min-max".</summary>
    public required string CalibrationMethod { get; init; }

    /// <summary>Pictures that the model was calibrated on.</summary>
    public required int CalibrationPictures { get; init; }

    /// <summary>The bytes that stand for activations: "u8" or "s8".</summary>
    public required string Activations { get; init; }

    /// <summary>On which processors the activations' bytes are fast, in a sentence.</summary>
    public string ActivationPath => Activations == "s8"
        ? "Signed activations: slow on x64, where ONNX Runtime fuses only some operators and takes two to three times as long as with unsigned ones."
        : "Unsigned activations: the fast way on x64.";

    /// <summary>How much of a signed byte the weights use: it decides on which CPUs sums cannot saturate.</summary>
    public required WeightRange WeightRange { get; init; }

    /// <summary>Bits that a weight takes up: 8 or 7.</summary>
    public int WeightBits => WeightRange == WeightRange.SevenBit ? 7 : 8;

    /// <summary>On which CPUs the result is exact, in a sentence.</summary>
    public string SaturationPath => WeightRange == WeightRange.SevenBit
        ? "7-bit weights: sums cannot saturate on any CPU."
        : "8-bit weights: exact on CPUs with VNNI, AMX or Arm dot products; sums may saturate on x64 CPUs without.";

    /// <summary>Size of the float model, in bytes.</summary>
    public required long SizeBeforeBytes { get; init; }

    /// <summary>Size of the quantized model, in bytes.</summary>
    public required long SizeAfterBytes { get; init; }

    /// <summary>How long it took, in milliseconds.</summary>
    public required double DurationMs { get; init; }
}
