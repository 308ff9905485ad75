namespace LatencyLab.Inference.Models.Catalog;

/// <summary>A published model in one line.</summary>
public sealed record PublishedModelSummary
{
    /// <summary>Identifier, in the list and once it is pulled.</summary>
    public required string Id { get; init; }

    /// <summary>Name for people.</summary>
    public required string Title { get; init; }

    /// <summary>What it tells apart, for people.</summary>
    public string? Task { get; init; }

    /// <summary>Side of the square input in pixels.</summary>
    public required int InputPx { get; init; }

    /// <summary>Size of the file; 0 where it is not published.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>Hash that the file is verified against; null where none is published.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Licence of the weights.</summary>
    public string? License { get; init; }

    /// <summary>Address of the file.</summary>
    public required Uri Address { get; init; }

    /// <summary>Where it is described, for people.</summary>
    public string? Homepage { get; init; }

    /// <summary>Whether it is here already.</summary>
    public required bool IsPulled { get; init; }

    /// <summary>Summarizes all models of a list.</summary>
    /// <param name="published">The list.</param>
    /// <param name="catalogue">The models that are here.</param>
    public static IReadOnlyList<PublishedModelSummary> Of(PublishedModels published, ModelCatalogue catalogue)
    {
        ArgumentNullException.ThrowIfNull(published);
        ArgumentNullException.ThrowIfNull(catalogue);
        return [.. published.All.Select(model => new PublishedModelSummary
        {
            Id = model.Id,
            Title = model.Title,
            Task = model.Task,
            InputPx = model.Preprocessing.Size,
            SizeBytes = model.Model.Bytes,
            Sha256 = model.Model.Sha256,
            License = model.License,
            Address = model.Model.Address,
            Homepage = model.Homepage,
            IsPulled = catalogue.Find(model.Id) is not null,
        })];
    }
}
