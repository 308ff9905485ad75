namespace LatencyLab.Inference.Optimization.Pruning;

/// <summary>Where the channels that go are taken from.</summary>
public enum PruningAllocation
{
    /// <summary>The weakest of the whole model; scores are compared relative to their layer's mean.</summary>
    Global,

    /// <summary>The weakest of each layer, the same share everywhere.</summary>
    Uniform,
}
