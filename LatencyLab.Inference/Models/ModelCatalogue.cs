namespace LatencyLab.Inference.Models;

/// <summary>The models found in the configured folders: cards named <c>model.json</c> or <c>ID.json</c>, at most one folder deep.</summary>
public sealed class ModelCatalogue
{
    /// <summary>Name of the card where a model has a folder of its own.</summary>
    public const string CardFileName = "model.json";

    private readonly Dictionary<string, Model> _models = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _problems = [];

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
                Add(path);
            }
        }
    }

    /// <summary>All usable models, in the order in which they were found.</summary>
    public IReadOnlyCollection<Model> Models => _models.Values;

    /// <summary>Cards and folders that could not be used, and why.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>The model of an identifier.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message lists those there are.</exception>
    public Model this[string id] => Find(id)
        ?? throw new KeyNotFoundException($"There is no model `{id}`. Known models: {string.Join(", ", _models.Keys)}.");

    /// <summary>The model of an identifier, or null.</summary>
    public Model? Find(string id) => _models.GetValueOrDefault(id);

    private void Add(string path)
    {
        try
        {
            var model = ModelCardReader.Read(path);
            if (!_models.TryAdd(model.Id, model))
            {
                _problems.Add($"{path}: the identifier `{model.Id}` is already that of {_models[model.Id].CardPath}.");
            }
        }
        catch (Exception error) when (error is InvalidModelException or IOException or UnauthorizedAccessException)
        {
            _problems.Add(error.Message);
        }
    }
}
