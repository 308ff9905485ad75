using System.Text.Json;

namespace LatencyLab.Inference.Models.Catalog;

/// <summary>The list of models that others publish: <c>catalog.json</c>, snake_case like the cards.</summary>
public sealed class PublishedModels
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "catalog.json";

    private PublishedModels(IReadOnlyList<PublishedModel> all) => All = all;

    /// <summary>All models, in the order of the file.</summary>
    public IReadOnlyList<PublishedModel> All { get; }

    /// <summary>The model of an identifier.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message lists those there are.</exception>
    public PublishedModel this[string id] => All.FirstOrDefault(model => model.Id.Equals(id, StringComparison.OrdinalIgnoreCase))
        ?? throw new KeyNotFoundException($"There is no published model `{id}`. Known: {string.Join(", ", All.Select(model => model.Id))}.");

    /// <summary>Reads a list; an absent file is an empty one.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidModelException">The file is damaged.</exception>
    public static PublishedModels Read(string path)
    {
        if (!File.Exists(path))
        {
            return new([]);
        }
        try
        {
            var list = JsonSerializer.Deserialize<PublishedList>(File.ReadAllBytes(path), ModelCardWriter.CardJson);
            return list is { Format: 1 } ? new(list.Models) : throw new InvalidModelException($"{path}: `format` is {list?.Format}; this version reads 1.");
        }
        catch (JsonException error)
        {
            throw new InvalidModelException($"{path}: {error.Message}", error);
        }
    }

    private sealed record PublishedList
    {
        public required int Format { get; init; }

        public required IReadOnlyList<PublishedModel> Models { get; init; }
    }
}
