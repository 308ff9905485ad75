using System.Text.Json;
using LatencyLab.Inference.Imaging.Preprocessing;

namespace LatencyLab.Inference.Models;

/// <summary>Reads a card and checks that it can be used.</summary>
public static class ModelCardReader
{
    internal const int MaxInputSidePx = 4096;
    private const int MaxClasses = 1_000_000;

    /// <summary>Whether a JSON file looks like a model card at all; other JSON files may lie beside cards.</summary>
    public static bool IsCard(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            using var document = JsonDocument.Parse(stream);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("file", out _) && root.TryGetProperty("preprocessing", out _);
        }
        catch (JsonException)
        {
            // A file by the card's own name is meant to be one: let the reader say what is wrong with it.
            return Path.GetFileName(path) == ModelCatalogue.CardFileName;
        }
    }

    /// <summary>Reads the card at <paramref name="path"/> with its labels.</summary>
    /// <exception cref="InvalidModelException">The card or its labels are missing, malformed or contradict each other.</exception>
    public static Model Read(string path)
    {
        var card = Parse(path);
        var problem = FindProblem(card);
        if (problem is not null)
        {
            throw new InvalidModelException($"{path}: {problem}");
        }
        var labelsPath = Path.Combine(Path.GetDirectoryName(path)!, card.Labels);
        if (!File.Exists(labelsPath))
        {
            throw new InvalidModelException($"{path}: the labels file {card.Labels} is missing. Put it beside the card, one class name a line.");
        }
        var labels = File.ReadAllLines(labelsPath);
        if (labels.Length != card.NumClasses)
        {
            throw new InvalidModelException($"{path}: `num_classes` is {card.NumClasses}, but {card.Labels} has {labels.Length} lines.");
        }
        return new Model { Card = card, CardPath = Path.GetFullPath(path), Labels = labels, Preprocessing = ToPreprocessing(card.Preprocessing) };
    }

    private static ModelCard Parse(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<ModelCard>(File.ReadAllBytes(path), ModelCardWriter.CardJson)
                ?? throw new InvalidModelException($"{path}: the card is empty.");
        }
        catch (JsonException error)
        {
            throw new InvalidModelException($"{path}: {error.Message}", error);
        }
    }

    private static string? FindProblem(ModelCard card) =>
        card.Format != 1 ? $"`format` is {card.Format}; this version reads 1."
        : string.IsNullOrWhiteSpace(card.Id) ? "`id` is empty."
        : LeavesFolder(card.File) ? "`file` must lie in the card's folder."
        : LeavesFolder(card.Labels) ? "`labels` must lie in the card's folder."
        : card.Variants.Values.Any(file => LeavesFolder(file.File)) ? "`variants` must lie in the card's folder."
        : card.NumClasses is < 1 or > MaxClasses ? $"`num_classes` must be 1 to {MaxClasses}."
        : card.Preprocessing.Size is < 1 or > MaxInputSidePx ? $"`preprocessing.size` must be 1 to {MaxInputSidePx} pixels."
        : card.Preprocessing.Mean.Length != 3 || card.Preprocessing.Std.Length != 3 ? "`preprocessing.mean` and `std` need three numbers."
        : card.Preprocessing.Std.Any(std => !(std > 0)) ? "`preprocessing.std` must be positive."
        : card.Preprocessing.Resize.Mode is not ("short_side" or "stretch") ? "`preprocessing.resize.mode` must be short_side or stretch."
        : card.Preprocessing.Resize is { Mode: "short_side", ShortSide: var side } && side < card.Preprocessing.Size
            ? "`preprocessing.resize.short_side` must be at least `preprocessing.size`."
        : null;

    private static bool LeavesFolder(string file) =>
        string.IsNullOrWhiteSpace(file) || Path.IsPathRooted(file) || file.Split('/', '\\').Contains("..");

    private static ImagePreprocessing ToPreprocessing(PreprocessingCard card) => new()
    {
        WidthPx = card.Size,
        HeightPx = card.Size,
        Resize = card.Resize.Mode == "stretch" ? ResizeMode.Stretch : ResizeMode.ShortSide,
        ShortSidePx = card.Resize.ShortSide,
        Antialias = card.Resize.Antialias,
        Mean = card.Mean,
        Std = card.Std,
    };
}
