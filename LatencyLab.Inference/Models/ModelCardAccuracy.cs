using System.Text.Json;
using System.Text.Json.Nodes;

namespace LatencyLab.Inference.Models;

/// <summary>Enters measured accuracies into model cards, and leaves all else that is written there as it is.</summary>
public static class ModelCardAccuracy
{
    private const string Accuracy = "accuracy";
    private const string Variants = "variants";
    private const string FileName = "file";
    private const string Hash = "sha256";

    /// <summary>Enters an accuracy beside the file that it was measured of. A card that states no hash of that file gets it too.</summary>
    /// <param name="cardPath">The card.</param>
    /// <param name="sha256">Hash of the file that was measured.</param>
    /// <param name="accuracy">The accuracy; its precision is the card's name of the file.</param>
    /// <exception cref="InvalidModelException">The card describes other weights by now, or cannot be edited.</exception>
    /// <exception cref="IOException">The card cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The card may not be written.</exception>
    public static void Write(string cardPath, string sha256, MeasuredAccuracy accuracy)
    {
        ArgumentException.ThrowIfNullOrEmpty(cardPath);
        ArgumentException.ThrowIfNullOrEmpty(sha256);
        ArgumentNullException.ThrowIfNull(accuracy);
        try
        {
            var card = Parse(cardPath);
            var file = accuracy.Precision == Precisions.Fp32 ? card : card[Variants]?[accuracy.Precision] as JsonObject
                ?? throw new InvalidModelException($"it has no {accuracy.Precision} file any more.");
            State(file, sha256);
            file[Accuracy] = AccuracyEntry.Enter(Detached(file), accuracy);
            ModelCardWriter.Replace(cardPath, card.ToJsonString(ModelCardWriter.CardJson));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or InvalidModelException)
        {
            throw new InvalidModelException($"{cardPath}: {error.Message}", error);
        }
    }

    private static JsonObject Parse(string cardPath) =>
        JsonNode.Parse(File.ReadAllBytes(cardPath), documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject
            ?? throw new InvalidModelException("the card is empty.");

    /// <summary>Makes sure that the accuracy is claimed for the very weights that were measured.</summary>
    private static void State(JsonObject file, string sha256)
    {
        if (file[Hash]?.GetValue<string>() is not { } stated)
        {
            file.Remove(Hash);
            file.Insert(file.IndexOf(FileName) + 1, Hash, sha256);
        }
        else if (!stated.Equals(sha256, StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidModelException("it describes another file than the one that was measured. Measure again.");
        }
    }

    // A node has one parent: out of the card it may be put in again, at its old place.
    private static JsonNode? Detached(JsonObject file)
    {
        var accuracy = file[Accuracy];
        if (accuracy is not null)
        {
            file[Accuracy] = null;
        }
        return accuracy;
    }
}
