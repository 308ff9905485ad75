using System.Text.Json.Serialization;

namespace LatencyLab.Inference.Imaging.Preprocessing;

/// <summary>How a picture of any size becomes one of the model's size.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ResizeMode>))]
public enum ResizeMode
{
    /// <summary>Aspect ratio kept: the short side becomes a given length, then the centre is cut out.</summary>
    [JsonStringEnumMemberName("short_side")] ShortSide,

    /// <summary>Width and height are resized each on its own, without a cut.</summary>
    [JsonStringEnumMemberName("stretch")] Stretch,
}
