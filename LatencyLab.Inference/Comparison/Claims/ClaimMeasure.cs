using System.Text.Json.Serialization;

namespace LatencyLab.Inference.Comparison.Claims;

/// <summary>What a claim is about.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ClaimMeasure>))]
public enum ClaimMeasure
{
    /// <summary>From the picture's bytes to predictions.</summary>
    [JsonStringEnumMemberName("total")] Total,

    /// <summary>The model alone; with remote variants, the way to the service as well.</summary>
    [JsonStringEnumMemberName("inference")] Inference,
}
