namespace LatencyLab.Web.Live;

/// <summary>What a live run is to be of.</summary>
public sealed record LiveSettings
{
    /// <summary>Model; null for the configured default.</summary>
    public string? ModelId { get; init; }

    /// <summary>Variants; null for all.</summary>
    public IReadOnlyList<string>? VariantIds { get; init; }

    /// <summary>Pictures that are sent in turn: samples by their file names, uploaded ones by their identifiers. None for all samples.</summary>
    public IReadOnlyList<string> ImageIds { get; init; } = [];

    /// <summary>Arrivals a second; null for the configured default.</summary>
    public double? RatePerSecond { get; init; }
}
