using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using LatencyLab.Inference.Models;

namespace LatencyLab.Inference.Sessions;

/// <summary>
/// The variants that were made while the program ran. They and their index, <c>variants.json</c>, lie in a folder that outlives the
/// process, and that another one may use at the same time: what that enters is seen here.
/// </summary>
public sealed class MadeVariants
{
    private const string IndexName = "variants.json";
    private static readonly JsonSerializerOptions IndexJson = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly Lock _lock = new();
    private readonly string _folder;
    private IReadOnlyList<MadeVariant> _all = [];
    private DateTime _readAt;

    /// <summary>Reads the index, if there is one.</summary>
    /// <param name="folder">Folder of the index; created when something is added.</param>
    public MadeVariants(string folder)
    {
        _folder = folder;
        lock (_lock)
        {
            Reread();
        }
    }

    /// <summary>Where the index and the files lie.</summary>
    public string Folder => _folder;

    /// <summary>Why the index could not be read; null where all is well.</summary>
    public string? Problem { get; private set; }

    /// <summary>The index file.</summary>
    public string IndexPath => Path.Combine(_folder, IndexName);

    /// <summary>Those of a model whose files are there.</summary>
    public IReadOnlyList<MadeVariant> Of(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        IReadOnlyList<MadeVariant> all;
        lock (_lock)
        {
            Reread();
            all = _all;
        }
        return [.. all.Where(made => made.ModelId == model.Id && IsOf(made, model) && File.Exists(FileOf(made).Path))];
    }

    /// <summary>The file of a variant.</summary>
    public ModelFile FileOf(MadeVariant made)
    {
        ArgumentNullException.ThrowIfNull(made);
        return new ModelFile(Path.Combine(_folder, made.File), made.Sha256);
    }

    /// <summary>The wished identifier, or the first free one after it: <c>int8-entropy</c>, <c>int8-entropy-2</c>, …</summary>
    /// <param name="wished">Identifier without number.</param>
    /// <param name="taken">Those that the model has already.</param>
    public static string FreeId(string wished, IReadOnlyCollection<string> taken) =>
        !taken.Contains(wished) ? wished : Enumerable.Range(2, taken.Count + 1).Select(number => $"{wished}-{number}").First(id => !taken.Contains(id));

    /// <summary>Adds a variant whose file lies in the folder already, and writes the index.</summary>
    /// <exception cref="IOException">The index cannot be written.</exception>
    public void Add(MadeVariant made)
    {
        lock (_lock)
        {
            Reread();
            Write([.. _all, made]);
        }
    }

    /// <summary>Enters an accuracy that was measured of a variant's file, and writes the index.</summary>
    /// <param name="made">The variant that was measured.</param>
    /// <param name="accuracy">Its accuracy.</param>
    /// <exception cref="InvalidModelException">The variant is gone, or another file has taken its place.</exception>
    /// <exception cref="IOException">The index cannot be written.</exception>
    public void EnterAccuracy(MadeVariant made, MeasuredAccuracy accuracy)
    {
        ArgumentNullException.ThrowIfNull(made);
        ArgumentNullException.ThrowIfNull(accuracy);
        lock (_lock)
        {
            Reread();
            var entry = _all.FirstOrDefault(other => other.ModelId == made.ModelId && other.Options.Id == made.Options.Id && other.Sha256 == made.Sha256)
                ?? throw new InvalidModelException($"{IndexPath}: `{made.Options.Id}` of {made.ModelId} is no longer the file that was measured.");
            var known = entry.Accuracy is { ValueKind: JsonValueKind.Object } sets ? JsonObject.Create(sets) : null;
            var measured = entry with { Accuracy = JsonSerializer.SerializeToElement(AccuracyEntry.Enter(known, accuracy), IndexJson) };
            Write([.. _all.Select(other => ReferenceEquals(other, entry) ? measured : other)]);
        }
    }

    /// <summary>Takes a variant out of the index and deletes its file.</summary>
    /// <returns>Whether there was such a variant.</returns>
    /// <exception cref="IOException">The index cannot be written.</exception>
    public bool Remove(string modelId, string variantId) =>
        RemoveWhere(made => made.ModelId == modelId && made.Options.Id == variantId).Length > 0;

    /// <summary>Takes all variants of a model out of the index and deletes their files.</summary>
    /// <returns>Identifiers of the variants.</returns>
    /// <exception cref="IOException">The index cannot be written.</exception>
    public IReadOnlyList<string> RemoveAll(string modelId) => [.. RemoveWhere(made => made.ModelId == modelId).Select(made => made.Options.Id)];

    private MadeVariant[] RemoveWhere(Predicate<MadeVariant> isGone)
    {
        lock (_lock)
        {
            Reread();
            MadeVariant[] gone = [.. _all.Where(made => isGone(made))];
            if (gone.Length > 0)
            {
                Write([.. _all.Except(gone)]);
            }
            foreach (var made in gone)
            {
                File.Delete(FileOf(made).Path);
            }
            return gone;
        }
    }

    // A card that states no hash cannot contradict the one that was taken when the variant was made.
    private static bool IsOf(MadeVariant made, Model model) =>
        model.Card.Sha256 is not { } sha256 || sha256.Equals(made.ModelSha256, StringComparison.OrdinalIgnoreCase);

    private void Reread()
    {
        // Of no file it is a date long ago.
        var writtenAt = File.GetLastWriteTimeUtc(IndexPath);
        if (writtenAt != _readAt)
        {
            (_all, Problem) = Read(IndexPath);
            _readAt = writtenAt;
        }
    }

    private void Write(IReadOnlyList<MadeVariant> all)
    {
        Directory.CreateDirectory(_folder);
        var half = IndexPath + ".tmp";
        File.WriteAllBytes(half, JsonSerializer.SerializeToUtf8Bytes(all, IndexJson));
        File.Move(half, IndexPath, overwrite: true);
        (_all, _readAt) = (all, File.GetLastWriteTimeUtc(IndexPath));
    }

    private static (IReadOnlyList<MadeVariant> All, string? Problem) Read(string path)
    {
        try
        {
            return File.Exists(path)
                ? (JsonSerializer.Deserialize<MadeVariant[]>(File.ReadAllBytes(path), IndexJson) ?? [], null)
                : ([], null);
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            return ([], $"{path} cannot be read, so variants made earlier are not offered: {error.Message}");
        }
    }
}
