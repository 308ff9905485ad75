using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Inference.Optimization.Pruning;

/// <summary>A convolution or matrix product with stored FP32 weights, and the channels on both of its sides.</summary>
internal sealed record WeightedLayer
{
    public required NodeProto Node { get; init; }

    public required TensorProto Weights { get; init; }

    /// <summary>The axis of the weights that counts output channels.</summary>
    public required int OutputAxis { get; init; }

    /// <summary>The channel at each position of the output.</summary>
    public required int[] Outputs { get; init; }

    /// <summary>The channel at each position of the input that the weights' other axis meets; null where inputs stay or are the outputs (depthwise).</summary>
    public int[]? Inputs { get; init; }

    /// <summary>The BatchNormalization right behind it, or null.</summary>
    public NodeProto? Normalization { get; init; }
}
