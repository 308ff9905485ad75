using LatencyLab.Inference.Optimization.Pruning;

namespace LatencyLab.Inference.Optimization.Jobs;

/// <summary>Which channels to remove. At most one of the two shares is set.</summary>
public sealed record PruneRequest
{
    /// <summary>The model.</summary>
    public required string ModelId { get; init; }

    /// <summary>Share of the channels that stay, above 0 to 1.</summary>
    /// <value>The default value is null: <see cref="PruningOptions.DefaultKeepShare"/>, unless <see cref="MultiplyAdds"/> is set.</value>
    public double? Keep { get; init; }

    /// <summary>Share of the multiply-adds that may stay, above 0 to 1; null to go by <see cref="Keep"/>.</summary>
    /// <value>The default value is null.</value>
    public double? MultiplyAdds { get; init; }

    /// <summary>What says how much a channel matters.</summary>
    /// <value><c>l1</c>, the magnitude of its weights, or <c>batchnorm</c>, its scale. The default value is <c>l1</c>.</value>
    public string By { get; init; } = "l1";

    /// <summary>Whether every layer gives the same share, instead of the weakest channels of all.</summary>
    /// <value>The default value is false.</value>
    public bool Uniform { get; init; }

    /// <summary>What channel counts are rounded to multiples of; 1 or more.</summary>
    /// <value>The default value is <see cref="PruningOptions.DefaultChannels"/>.</value>
    public int Round { get; init; } = PruningOptions.DefaultChannels;

    /// <summary>Channels that a layer keeps at least; 1 or more.</summary>
    /// <value>The default value is <see cref="PruningOptions.DefaultChannels"/>.</value>
    public int Minimum { get; init; } = PruningOptions.DefaultChannels;

    /// <summary>Layers that keep their channels, by name.</summary>
    /// <value>The default value is none.</value>
    public IReadOnlyCollection<string> Skip { get; init; } = [];
}
