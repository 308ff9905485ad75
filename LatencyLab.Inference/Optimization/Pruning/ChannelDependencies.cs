using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Inference.Optimization.Pruning;

/// <summary>What the analysis of a graph found out.</summary>
internal sealed class ChannelDependencies
{
    public ChannelUnits Units { get; } = new();

    /// <summary>The convolutions and matrix products whose channels may go or whose inputs may shrink, in topological order.</summary>
    public List<WeightedLayer> Layers { get; } = [];

    /// <summary>Stored tensors that shrink with channels.</summary>
    public List<ChannelCut> Cuts { get; } = [];

    /// <summary>Depthwise convolutions: the number of groups follows the input channels.</summary>
    public List<(NodeProto Node, int[] Inputs)> Groups { get; } = [];

    /// <summary>Reshapes whose stored target names the number of channels in dimension 1.</summary>
    public List<(NodeProto Node, int[] Channels)> Targets { get; } = [];
}
