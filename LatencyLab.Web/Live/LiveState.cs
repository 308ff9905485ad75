using System.Text.Json.Serialization;

namespace LatencyLab.Web.Live;

/// <summary>Where the live session is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LiveState>))]
public enum LiveState
{
    /// <summary>Nothing has run yet.</summary>
    [JsonStringEnumMemberName("idle")] Idle,

    /// <summary>Variants are being loaded and asked once.</summary>
    [JsonStringEnumMemberName("starting")] Starting,

    /// <summary>Load runs.</summary>
    [JsonStringEnumMemberName("running")] Running,

    /// <summary>Load has stopped for a while.</summary>
    [JsonStringEnumMemberName("paused")] Paused,

    /// <summary>The run is over; its last frames are still shown.</summary>
    [JsonStringEnumMemberName("stopped")] Stopped,

    /// <summary>The run could not go on; the message says why.</summary>
    [JsonStringEnumMemberName("failed")] Failed,
}
