namespace LatencyLab.Inference.Measurement.Load;

/// <summary>What load is put on.</summary>
public sealed record LoadTargetFacts
{
    /// <summary>The variant's identifier.</summary>
    public required string VariantId { get; init; }

    /// <summary>The model's identifier; null where a service's default is used.</summary>
    public string? ModelId { get; init; }

    /// <summary>Names of the pictures that were sent in turn; absent where they are not known, as in results of versions that did not name them.</summary>
    public IReadOnlyList<string>? Pictures { get; init; }

    /// <summary>Address of the service; null for a variant in this process.</summary>
    public string? Url { get; init; }
}
