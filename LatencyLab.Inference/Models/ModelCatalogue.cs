using System.Collections.Immutable;

namespace LatencyLab.Inference.Models;

/// <summary>
/// The models found in the configured folders: cards named <c>model.json</c> or <c>ID.json</c>, at most one folder deep. More may be
/// added, and some taken out, while the program runs; readers always see a whole catalogue.
/// </summary>
public sealed class ModelCatalogue
{
    /// <summary>Name of the card where a model has a folder of its own.</summary>
    public const string CardFileName = "model.json";

    private readonly List<string> _problems = [];
    private readonly Lock _adding = new();

    // Replaced as a whole, so that no reader needs the lock; in the order in which the models were found.
    private volatile Snapshot _models = new([]);

    /// <summary>Reads all cards in <paramref name="folders"/>; the first of two equal identifiers wins.</summary>
    public ModelCatalogue(IEnumerable<string> folders)
    {
        ArgumentNullException.ThrowIfNull(folders);
        foreach (var folder in folders)
        {
            if (!Directory.Exists(folder))
            {
                _problems.Add($"The model folder {Path.GetFullPath(folder)} does not exist. Create it, or correct LatencyLab:ModelPaths.");
                continue;
            }
            foreach (var path in Directory.EnumerateFiles(folder, "*.json")
                .Concat(Directory.EnumerateDirectories(folder).SelectMany(inner => Directory.EnumerateFiles(inner, CardFileName)))
                .Order(StringComparer.Ordinal).Where(ModelCardReader.IsCard))
            {
                TryAdd(path);
            }
        }
    }

    /// <summary>All usable models, in the order in which they were found.</summary>
    public IReadOnlyCollection<Model> Models => _models.All;

    /// <summary>Cards and folders that could not be used when the catalogue was made, and why.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>The model of an identifier.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message lists those there are.</exception>
    public Model this[string id] => Find(id)
        ?? throw new KeyNotFoundException($"There is no model `{id}`. Known models: {string.Join(", ", Models.Select(model => model.Id))}.");

    /// <summary>The model of an identifier, or null.</summary>
    public Model? Find(string id) => _models.All.FirstOrDefault(model => model.Id.Equals(id, StringComparison.OrdinalIgnoreCase));

    /// <summary>Adds a model that has come since, or reads the card of one anew. Safe from any thread.</summary>
    /// <param name="cardPath">The model's card.</param>
    /// <returns>The model.</returns>
    /// <exception cref="InvalidModelException">The card is unusable, or its identifier is that of another card.</exception>
    public Model Add(string cardPath)
    {
        var model = ModelCardReader.Read(cardPath);
        lock (_adding)
        {
            var known = Find(model.Id);
            if (known is not null && known.CardPath != model.CardPath)
            {
                throw new InvalidModelException($"{cardPath}: the identifier `{model.Id}` is already that of {known.CardPath}.");
            }
            if (known is not null && known.File == model.File)
            {
                model = model with { Lifetime = known.Lifetime };
            }
            _models = new(known is null ? _models.All.Add(model) : _models.All.Replace(known, model));
            return model;
        }
    }

    /// <summary>
    /// Reads the cards of all models anew: another program may have entered an accuracy since. A card that cannot be used any more
    /// leaves its model as it was. Safe from any thread.
    /// </summary>
    public void Refresh()
    {
        foreach (var model in Models)
        {
            try
            {
                Add(model.CardPath);
            }
            catch (Exception error) when (error is InvalidModelException or IOException or UnauthorizedAccessException)
            {
                // The model's file may still be there, and then it answers as before.
            }
        }
    }

    /// <summary>Takes a model out, whose files are gone or about to go. Safe from any thread.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Remove(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        lock (_adding)
        {
            var before = _models.All;
            _models = new(before.RemoveAll(other => other.Lifetime == model.Lifetime));
            return _models.All.Length < before.Length;
        }
    }

    private void TryAdd(string path)
    {
        try
        {
            Add(path);
        }
        catch (Exception error) when (error is InvalidModelException or IOException or UnauthorizedAccessException)
        {
            _problems.Add(error.Message);
        }
    }

    // A class, because a structure cannot be replaced in one step.
    private sealed record Snapshot(ImmutableArray<Model> All);
}
