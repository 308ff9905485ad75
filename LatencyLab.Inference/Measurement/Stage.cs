using System.Text.Json.Serialization;

namespace LatencyLab.Inference.Measurement;

/// <summary>A named part of a request's time, in the order in which a request passes through them.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Stage>))]
public enum Stage
{
    /// <summary>Sending the picture from the browser to the server; measured in the browser.</summary>
    [JsonStringEnumMemberName("upload")] Upload,

    /// <summary>Waiting for a free place in front of the classifier.</summary>
    [JsonStringEnumMemberName("queue")] Queue,

    /// <summary>Encoded bytes to RGB pixels.</summary>
    [JsonStringEnumMemberName("decode")] Decode,

    /// <summary>RGB pixels to the model's input size: resampling and crop.</summary>
    [JsonStringEnumMemberName("resize")] Resize,

    /// <summary>8-bit pixels to the float tensor that the model reads.</summary>
    [JsonStringEnumMemberName("normalize")] Normalize,

    /// <summary>The way to a remote inference service and back; remote variants only.</summary>
    [JsonStringEnumMemberName("network")] Network,

    /// <summary>The model itself.</summary>
    [JsonStringEnumMemberName("inference")] Inference,

    /// <summary>Logits to ranked predictions.</summary>
    [JsonStringEnumMemberName("postprocess")] Postprocess,

    /// <summary>Result to painted pixels; measured in the browser.</summary>
    [JsonStringEnumMemberName("render")] Render,

    /// <summary>The total minus all named stages; shown, never hidden.</summary>
    [JsonStringEnumMemberName("other")] Other,
}
