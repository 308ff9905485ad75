using System.Text.Json.Serialization;

namespace LatencyLab.Web.History;

/// <summary>How far a run got.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunStatus>))]
public enum RunStatus
{
    /// <summary>It is being measured.</summary>
    [JsonStringEnumMemberName("running")] Running,

    /// <summary>It has its result.</summary>
    [JsonStringEnumMemberName("completed")] Completed,

    /// <summary>It was stopped, or its process died, before it had one.</summary>
    [JsonStringEnumMemberName("interrupted")] Interrupted,

    /// <summary>It could not be measured; the message says why.</summary>
    [JsonStringEnumMemberName("failed")] Failed,
}
