namespace LatencyLab.Inference.Optimization.Quantization;

/// <summary>What the quantizer is doing.</summary>
public enum QuantizationStep
{
    /// <summary>Folding constants and choosing what to quantize.</summary>
    Prepare,

    /// <summary>Running the float model over the calibration pictures: nearly all of the time.</summary>
    Calibrate,

    /// <summary>Writing the quantized graph.</summary>
    Write,

    /// <summary>Loading and running the result.</summary>
    Verify,
}

/// <summary>How far a quantization is.</summary>
/// <param name="Step">The step at work.</param>
/// <param name="Done">Pictures calibrated so far.</param>
/// <param name="Total">Calibration pictures altogether.</param>
public readonly record struct QuantizationProgress(QuantizationStep Step, int Done, int Total);
