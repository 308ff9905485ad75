namespace LatencyLab.Inference.Optimization.Jobs;

/// <summary>Which channels to remove. One of the two shares is used: that of the multiply-adds where it is set.</summary>
public sealed record PruneRequest
{
    /// <summary>The model.</summary>
    public required string ModelId { get; init; }

    /// <summary>Share of the channels that stay, above 0 to 1.</summary>
    /// <value>The default value is 0.5.</value>
    public double Keep { get; init; } = 0.5;

    /// <summary>Share of the multiply-adds that may stay, above 0 to 1; null to go by <see cref="Keep"/>.</summary>
    /// <value>The default value is null.</value>
    public double? MultiplyAdds { get; init; }

    /// <summary>What says how much a channel matters.</summary>
    /// <value><c>l1</c>, the magnitude of its weights, or <c>batchnorm</c>, its scale. The default value is <c>l1</c>.</value>
    public string By { get; init; } = "l1";

    /// <summary>Whether every layer gives the same share, instead of the weakest channels of all.</summary>
    /// <value>The default value is false.</value>
    public bool Uniform { get; init; }
}
