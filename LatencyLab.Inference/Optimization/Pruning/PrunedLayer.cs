namespace LatencyLab.Inference.Optimization.Pruning;

/// <summary>A convolution or matrix product before and after pruning.</summary>
/// <param name="Name">The node's name, or its output's where it has none.</param>
/// <param name="Operator">The operator type, for instance "Conv".</param>
/// <param name="Weights">Name of its weights; null where they are not stored in FP32.</param>
/// <param name="ChannelsBefore">Output channels in the given model.</param>
/// <param name="ChannelsAfter">Output channels that stayed.</param>
/// <param name="MultiplyAccumulatesBefore">Multiply-adds for one picture in the given model.</param>
/// <param name="MultiplyAccumulatesAfter">Multiply-adds that stayed; fewer too where only inputs went.</param>
/// <param name="LeftAlone">Why no output channel may go; null where some may.</param>
public sealed record PrunedLayer(
    string Name, string Operator, string? Weights, int ChannelsBefore, int ChannelsAfter,
    long MultiplyAccumulatesBefore, long MultiplyAccumulatesAfter, string? LeftAlone);
