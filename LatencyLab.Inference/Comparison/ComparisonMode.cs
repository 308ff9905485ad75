using System.Text.Json.Serialization;

namespace LatencyLab.Inference.Comparison;

/// <summary>How variants are run against each other.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ComparisonMode>))]
public enum ComparisonMode
{
    /// <summary>Variants take turns in randomly interleaved rounds: the numbers to quote.</summary>
    [JsonStringEnumMemberName("isolated")] Isolated,

    /// <summary>All variants at once, as the demo shows it; they compete for the same cores.</summary>
    [JsonStringEnumMemberName("race")] Race,
}
