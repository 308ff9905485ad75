using System.Text.Json.Serialization;

namespace LatencyLab.Inference.Measurement.Load;

/// <summary>What makes the next request.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LoadMode>))]
public enum LoadMode
{
    /// <summary>A schedule, whatever became of the requests before: what users see.</summary>
    [JsonStringEnumMemberName("open-loop")] OpenLoop,

    /// <summary>The answer to the one before: how much so many callers get done.</summary>
    [JsonStringEnumMemberName("closed-loop")] ClosedLoop,
}
