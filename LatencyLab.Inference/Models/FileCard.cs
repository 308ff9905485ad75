using System.Text.Json;
using System.Text.Json.Nodes;

namespace LatencyLab.Inference.Models;

/// <summary>What is known of an ONNX file that no model card names, because it was made on demand: <c>NAME.json</c> beside <c>NAME.onnx</c>.</summary>
public static class FileCard
{
    /// <summary>Where a file's card lies.</summary>
    public static string PathOf(ModelFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return Path.ChangeExtension(file.Path, ".json");
    }

    /// <summary>The card of a file; null where there is none that can be read, or it is about other bytes.</summary>
    public static ModelFileCard? Read(ModelFile file)
    {
        var path = PathOf(file);
        try
        {
            return File.Exists(path) && JsonSerializer.Deserialize<ModelFileCard>(File.ReadAllBytes(path), ModelCardWriter.CardJson) is { } card
                && card.Sha256 == file.ComputeSha256() ? card : null;
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Enters an accuracy into a file's card, or begins one.</summary>
    /// <param name="file">The file that was measured.</param>
    /// <param name="sha256">Its hash at that time.</param>
    /// <param name="accuracy">The accuracy.</param>
    /// <exception cref="InvalidModelException">The file is another one by now.</exception>
    /// <exception cref="IOException">The card cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The card may not be written.</exception>
    public static void Write(ModelFile file, string sha256, MeasuredAccuracy accuracy)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(accuracy);
        if (file.ComputeSha256() != sha256)
        {
            throw new InvalidModelException($"{file.Path} is another file than the one that was measured. Measure again.");
        }
        var known = Read(file)?.Accuracy is { ValueKind: JsonValueKind.Object } sets ? JsonObject.Create(sets) : null;
        var card = new ModelFileCard
        {
            File = Path.GetFileName(file.Path),
            Bytes = file.SizeBytes,
            Sha256 = sha256,
            Accuracy = JsonSerializer.SerializeToElement(AccuracyEntry.Enter(known, accuracy)),
        };
        ModelCardWriter.Replace(PathOf(file), JsonSerializer.Serialize(card, ModelCardWriter.CardJson));
    }
}
