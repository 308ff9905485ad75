using System.Text.Json;
using LatencyLab.Inference.Models;

namespace LatencyLab.Inference.Frontier;

/// <summary>Reads measured accuracies from model cards.</summary>
internal static class CardAccuracy
{
    private const string Top1Name = "top1";

    /// <summary>The first data set for which a card states a top-1; null where it states none.</summary>
    public static string? DataSet(ModelCard card) => card.Accuracy is { ValueKind: JsonValueKind.Object } accuracy
        ? accuracy.EnumerateObject().Where(entry => Read(entry.Value) is not null).Select(entry => entry.Name).FirstOrDefault()
        : null;

    /// <summary>Top-1 of a model in one precision on a data set, 0 to 1; null where its card does not state it.</summary>
    public static double? Top1(ModelCard card, string precision, string? dataSet)
    {
        var accuracy = precision == Precisions.Fp32 ? card.Accuracy : card.Variants.GetValueOrDefault(precision)?.Accuracy;
        return dataSet is not null && accuracy is { ValueKind: JsonValueKind.Object } stated && stated.TryGetProperty(dataSet, out var entry)
            ? Read(entry)
            : null;
    }

    private static double? Read(JsonElement entry) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty(Top1Name, out var top1) && top1.TryGetDouble(out var value) ? value : null;
}
