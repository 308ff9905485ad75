using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Inference.Optimization.Quantization;

/// <summary>One operator that will run in INT8.</summary>
/// <param name="Node">The operator.</param>
/// <param name="Role">What quantization means for it.</param>
/// <param name="Inputs">The activations it reads, each once; weights, bias and shapes are not among them.</param>
/// <param name="Activation">The Relu or Clip behind it that its output's saturation replaces.</param>
/// <param name="KeepsFloatOutput">True for the last Gemm: its INT8 kernel can write floats, so logits keep their resolution for free.</param>
internal sealed record PlannedOperator(
    NodeProto Node, OperatorRole Role, IReadOnlyList<string> Inputs, NodeProto? Activation, bool KeepsFloatOutput)
{
    /// <summary>The tensor that it makes, after the activation.</summary>
    public string Output => (Activation ?? Node).Output[0];

    /// <summary>All tensors that it makes; only operators that split have more than one.</summary>
    public IReadOnlyList<string> Outputs => (Activation ?? Node).Output;
}
