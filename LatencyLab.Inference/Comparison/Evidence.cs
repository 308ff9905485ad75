using System.Text.Json.Serialization;

namespace LatencyLab.Inference.Comparison;

/// <summary>What two runs say of one variant.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Evidence>))]
public enum Evidence
{
    /// <summary>The difference may be chance, or too little is known.</summary>
    [JsonStringEnumMemberName("no-evidence")] None,

    /// <summary>The second run is faster than the first.</summary>
    [JsonStringEnumMemberName("faster")] Faster,

    /// <summary>The second run is slower than the first.</summary>
    [JsonStringEnumMemberName("slower")] Slower,
}

/// <summary>How the evidence was found.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EvidenceRule>))]
public enum EvidenceRule
{
    /// <summary>There was nothing to judge by.</summary>
    [JsonStringEnumMemberName("none")] None,

    /// <summary>Both runs keep their samples: the bootstrap 95 % interval of the ratio of medians lies on one side of 1.</summary>
    [JsonStringEnumMemberName("bootstrap-ratio")] BootstrapRatio,

    /// <summary>A run keeps no samples: the two 95 % intervals of the medians are disjoint.</summary>
    [JsonStringEnumMemberName("intervals-disjoint")] IntervalsDisjoint,
}
