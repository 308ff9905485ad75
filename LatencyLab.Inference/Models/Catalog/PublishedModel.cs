namespace LatencyLab.Inference.Models.Catalog;

/// <summary>A model that others publish and that can be pulled.</summary>
public sealed record PublishedModel
{
    /// <summary>Identifier, unique in the list.</summary>
    public required string Id { get; init; }

    /// <summary>Name for people.</summary>
    public required string Title { get; init; }

    /// <summary>The ONNX file.</summary>
    public required PublishedFile Model { get; init; }

    /// <summary>The class names; null where none are published.</summary>
    public PublishedFile? Labels { get; init; }

    /// <summary>Architecture, for people.</summary>
    public string? Architecture { get; init; }

    /// <summary>What it tells apart, for people.</summary>
    public string? Task { get; init; }

    /// <summary>Licence of the weights, as their publisher states it.</summary>
    public string? License { get; init; }

    /// <summary>Where it is described, for people.</summary>
    public string? Homepage { get; init; }

    /// <summary>How a picture becomes the input.</summary>
    public required PreprocessingCard Preprocessing { get; init; }
}

/// <summary>A file that others publish.</summary>
public sealed record PublishedFile
{
    /// <summary>Address of exactly this version; HTTPS, or HTTP on this machine.</summary>
    public required Uri Address { get; init; }

    /// <summary>Size; 0 where it is not published.</summary>
    public long Bytes { get; init; }

    /// <summary>Lower-case hexadecimal; null where none is published, so that nothing can be verified.</summary>
    public string? Sha256 { get; init; }
}
