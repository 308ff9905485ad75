using System.Text.Json.Serialization;

namespace LatencyLab.Web.Audience;

/// <summary>What became of a photo from the audience.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AudienceState>))]
public enum AudienceState
{
    /// <summary>The presenter has not decided yet.</summary>
    [JsonStringEnumMemberName("waiting")] Waiting,

    /// <summary>The presenter let it into the demo.</summary>
    [JsonStringEnumMemberName("shown")] Shown,

    /// <summary>The presenter declined it.</summary>
    [JsonStringEnumMemberName("declined")] Declined,

    /// <summary>The presenter did not decide in time.</summary>
    [JsonStringEnumMemberName("expired")] Expired,

    /// <summary>The presenter closed the door first.</summary>
    [JsonStringEnumMemberName("closed")] Closed,
}
