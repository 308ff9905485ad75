using System.Text.Json;

namespace LatencyLab.Inference.Models;

/// <summary>Where a model came from, as its card tells.</summary>
public static class ModelSource
{
    /// <summary>The card's words on one line, or null where it says nothing.</summary>
    public static string? Describe(ModelCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        return card.Source is { } source && Words(source).ToArray() is { Length: > 0 } words ? string.Join("; ", words) : null;
    }

    private static IEnumerable<string> Words(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Words),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(property => Words(property.Value)),
        _ => [],
    };
}
