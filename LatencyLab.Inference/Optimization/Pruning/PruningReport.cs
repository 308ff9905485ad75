namespace LatencyLab.Inference.Optimization.Pruning;

/// <summary>What a pruning did.</summary>
public sealed record PruningReport
{
    /// <summary>The convolutions and matrix products, in topological order.</summary>
    public required IReadOnlyList<PrunedLayer> Layers { get; init; }

    /// <summary>What said how much a channel matters: "l1" or "batchnorm".</summary>
    public required string Criterion { get; init; }

    /// <summary>Where channels were taken from: "global" or "uniform".</summary>
    public required string Allocation { get; init; }

    /// <summary>Share of the prunable channels that stayed, after rounding.</summary>
    public required double KeptShare { get; init; }

    /// <summary>Multiply-adds of the given model, for one picture.</summary>
    public required long MultiplyAccumulatesBefore { get; init; }

    /// <summary>Multiply-adds of the result, for one picture.</summary>
    public required long MultiplyAccumulatesAfter { get; init; }

    /// <summary>Share of the multiply-adds that went, 0 to 1.</summary>
    public double MultiplyAccumulatesRemoved => Removed(MultiplyAccumulatesBefore, MultiplyAccumulatesAfter);

    /// <summary>Parameters of the given model.</summary>
    public required long ParametersBefore { get; init; }

    /// <summary>Parameters of the result.</summary>
    public required long ParametersAfter { get; init; }

    /// <summary>Share of the parameters that went, 0 to 1.</summary>
    public double ParametersRemoved => Removed(ParametersBefore, ParametersAfter);

    /// <summary>Size of the given model, in bytes.</summary>
    public required long SizeBeforeBytes { get; init; }

    /// <summary>Size of the result, in bytes.</summary>
    public required long SizeAfterBytes { get; init; }

    /// <summary>Stored values too small for a normal float that became zero.</summary>
    public required int DenormalsFlushed { get; init; }

    /// <summary>How long it took, in milliseconds.</summary>
    public required double DurationMs { get; init; }

    private static double Removed(long before, long after) => before == 0 ? 0 : 1 - ((double)after / before);
}
