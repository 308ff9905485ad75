using System.Text.Json.Serialization;

namespace LatencyLab.Inference.Jobs;

/// <summary>How far a job is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<JobState>))]
public enum JobState
{
    /// <summary>Others come first.</summary>
    [JsonStringEnumMemberName("queued")] Queued,

    /// <summary>It is being worked on.</summary>
    [JsonStringEnumMemberName("running")] Running,

    /// <summary>It has its result.</summary>
    [JsonStringEnumMemberName("done")] Done,

    /// <summary>It has none; the message says why.</summary>
    [JsonStringEnumMemberName("failed")] Failed,

    /// <summary>It was cancelled before its end; nothing of it stays behind.</summary>
    [JsonStringEnumMemberName("cancelled")] Cancelled,
}
