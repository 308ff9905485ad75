namespace LatencyLab.Inference.Optimization.Quantization;

/// <summary>The bytes that stand for activations. Weights are signed bytes in any case.</summary>
public enum ActivationType
{
    /// <summary>Unsigned, 0 to 255: what x64 has the fastest kernels for.</summary>
    U8,

    /// <summary>
    /// Signed, -128 to 127, with a zero point. As exact as <see cref="U8"/>, but on x64 ONNX Runtime fuses less of the graph and takes
    /// two to three times as long; for runtimes and processors that ask for signed activations.
    /// </summary>
    S8,
}
