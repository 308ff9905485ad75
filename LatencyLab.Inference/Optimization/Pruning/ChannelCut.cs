using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Inference.Optimization.Pruning;

/// <summary>One axis of a stored tensor that runs along channels: it shrinks with them.</summary>
/// <param name="Node">The node that reads the tensor.</param>
/// <param name="Input">Which of the node's inputs it is.</param>
/// <param name="Axis">The axis.</param>
/// <param name="Channels">The channel at each position of the axis.</param>
internal sealed record ChannelCut(NodeProto Node, int Input, int Axis, int[] Channels);
