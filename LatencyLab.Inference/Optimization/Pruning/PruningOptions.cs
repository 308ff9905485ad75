namespace LatencyLab.Inference.Optimization.Pruning;

/// <summary>How a model is pruned. Exactly one of the two targets is used: the share of multiply-adds where it is set.</summary>
public sealed record PruningOptions
{
    /// <summary>Share of the channels that stays where nothing else is said.</summary>
    public const double DefaultKeepShare = 0.5;

    /// <summary>What channel counts are rounded to, and the fewest that stay, where nothing else is said.</summary>
    public const int DefaultChannels = 8;

    /// <summary>Share of the prunable channels that stay.</summary>
    /// <value>The default is 0.5; above 0, at most 1.</value>
    public double KeepShare { get; init; } = DefaultKeepShare;

    /// <summary>Share of the multiply-adds that may stay at most; the share of channels is then searched for. Null to prune by <see cref="KeepShare"/>.</summary>
    /// <value>The default is null; above 0, at most 1.</value>
    public double? MultiplyAccumulatesShare { get; init; }

    /// <summary>What says how much a channel matters.</summary>
    /// <value>The default is <see cref="PruningCriterion.L1"/>.</value>
    public PruningCriterion Criterion { get; init; } = PruningCriterion.L1;

    /// <summary>Where the channels that go are taken from.</summary>
    /// <value>The default is <see cref="PruningAllocation.Global"/>.</value>
    public PruningAllocation Allocation { get; init; } = PruningAllocation.Global;

    /// <summary>Channel counts are rounded to multiples of this, so that vector registers stay full.</summary>
    /// <value>The default is 8; 1 or more.</value>
    public int RoundTo { get; init; } = DefaultChannels;

    /// <summary>Channels that every group of tied layers keeps at least.</summary>
    /// <value>The default is 8; 1 or more.</value>
    public int MinimumChannels { get; init; } = DefaultChannels;

    /// <summary>Layers that keep all of their channels, by node, weight or weight without ".weight".</summary>
    /// <value>The default is none.</value>
    public IReadOnlyCollection<string> Skip { get; init; } = [];

    internal string CriterionName => PruningCriteria.NameOf(Criterion);

    internal string AllocationName => Allocation == PruningAllocation.Uniform ? "uniform" : "global";

    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    internal void Validate()
    {
        ThrowUnlessShare(KeepShare, nameof(KeepShare));
        ThrowUnlessShare(MultiplyAccumulatesShare ?? 1, nameof(MultiplyAccumulatesShare));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(RoundTo);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MinimumChannels);
    }

    private static void ThrowUnlessShare(double value, string name)
    {
        if (!(value > 0 && value <= 1))
        {
            throw new ArgumentOutOfRangeException(name, value, "A share lies above 0 and is 1 at most.");
        }
    }
}
