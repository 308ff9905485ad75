using System.Text.Json;

namespace LatencyLab.Inference.Models;

/// <summary>An accuracy that a card states.</summary>
/// <param name="Data">Name of the data set.</param>
/// <param name="Precision">Precision of the file that was measured.</param>
/// <param name="Top1">Share of pictures whose first answer is right, 0 to 1.</param>
/// <param name="Top5">Share of pictures whose class is among the first five answers, 0 to 1; null where not stated.</param>
/// <param name="Pictures">Number of pictures; null where not stated.</param>
/// <param name="Decoder">What decoded the pictures; null where not stated.</param>
/// <param name="Int8Path">How the processor that measured it computes INT8 products; null where not stated.</param>
public sealed record MeasuredAccuracy(
    string Data, string Precision, double Top1, double? Top5, int? Pictures, string? Decoder, string? Int8Path = null)
{
    /// <summary>All that a model's card states: of FP32 first, then of its other files, each in the card's order.</summary>
    public static IReadOnlyList<MeasuredAccuracy> Of(ModelCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        return
        [
            .. Read(card.Accuracy, Precisions.Fp32),
            .. card.Variants.SelectMany(file => Read(file.Value.Accuracy, file.Key)),
        ];
    }

    /// <summary>The accuracies of one file, in the order in which they are written.</summary>
    /// <param name="accuracy">Measured accuracies by name of the data set, as in a card; null for none.</param>
    /// <param name="precision">Precision of the file.</param>
    internal static IEnumerable<MeasuredAccuracy> Read(JsonElement? accuracy, string precision)
    {
        if (accuracy is not { ValueKind: JsonValueKind.Object } sets)
        {
            yield break;
        }
        // Other entries, notes for instance, are for people who read the card.
        foreach (var set in sets.EnumerateObject().Where(set => set.Value.ValueKind == JsonValueKind.Object))
        {
            if (Number(set.Value, AccuracyEntry.Top1) is { } top1)
            {
                yield return new(
                    set.Name, precision, top1, Number(set.Value, AccuracyEntry.Top5), (int?)Number(set.Value, AccuracyEntry.Pictures),
                    Text(set.Value, AccuracyEntry.Decoder), Text(set.Value, AccuracyEntry.Int8Path));
            }
        }
    }

    private static double? Number(JsonElement set, string name) =>
        set.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private static string? Text(JsonElement set, string name) =>
        set.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
