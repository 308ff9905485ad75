using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LatencyLab.Inference.Models;

/// <summary>Writes cards as <see cref="ModelCardReader"/> reads them.</summary>
public static class ModelCardWriter
{
    internal static JsonSerializerOptions CardJson { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    /// <summary>Writes a card through a temporary file, so that the path never holds half a card.</summary>
    /// <param name="card">The card.</param>
    /// <param name="path">The file to create or replace; its folder must exist.</param>
    public static void Write(ModelCard card, string path)
    {
        ArgumentNullException.ThrowIfNull(card);
        ArgumentException.ThrowIfNullOrEmpty(path);
        Replace(path, JsonSerializer.Serialize(card, CardJson));
    }

    /// <summary>Writes through a temporary file beside it.</summary>
    internal static void Replace(string path, string json)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.WriteAllText(temporary, json + "\n");
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
