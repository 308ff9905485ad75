namespace LatencyLab.Inference.Optimization.Pruning;

/// <summary>What says how much a channel matters.</summary>
public enum PruningCriterion
{
    /// <summary>
    /// Mean magnitude of the weights that make the channel, a BatchNormalization behind them folded in.
    /// After H. Li et al., "Pruning Filters for Efficient ConvNets" (2017).
    /// </summary>
    L1,

    /// <summary>
    /// Magnitude of the scale that BatchNormalization gives the channel.
    /// After Z. Liu et al., "Learning Efficient Convolutional Networks through Network Slimming" (2017).
    /// </summary>
    BatchNorm,
}
