using System.Text.Json.Serialization;

namespace LatencyLab.Inference.Measurement.Load;

/// <summary>Where a run is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LoadPhase>))]
public enum LoadPhase
{
    /// <summary>Load runs, unmeasured.</summary>
    [JsonStringEnumMemberName("warm-up")] Warmup,

    /// <summary>Load runs and is measured.</summary>
    [JsonStringEnumMemberName("measuring")] Measuring,

    /// <summary>Load has stopped for a while at the user's wish.</summary>
    [JsonStringEnumMemberName("paused")] Paused,

    /// <summary>Nothing more is sent; the last answers are awaited.</summary>
    [JsonStringEnumMemberName("finishing")] Finishing,
}

/// <summary>A running load run at one moment.</summary>
public sealed record LoadSnapshot
{
    /// <summary>Where the run is.</summary>
    public required LoadPhase Phase { get; init; }

    /// <summary>Seconds since the measurement began; negative in the warm-up.</summary>
    public required double SecondsFromStart { get; init; }

    /// <summary>Share of warm-up and measurement that is over, 0 to 1.</summary>
    public required double Progress { get; init; }

    /// <summary>What the target answered since the snapshot before, a second.</summary>
    public required double AchievedRps { get; init; }

    /// <summary>Answers since the snapshot before.</summary>
    public required LoadFigures Interval { get; init; }

    /// <summary>The same, from the actual start of each request.</summary>
    public required LoadFigures NaiveInterval { get; init; }

    /// <summary>Answers of the last ten seconds: enough for percentiles at rates at which an interval has too few.</summary>
    public required LoadFigures Window { get; init; }

    /// <summary>The same, from the actual start of each request.</summary>
    public required LoadFigures NaiveWindow { get; init; }

    /// <summary>All answers so far.</summary>
    public required LoadFigures Total { get; init; }

    /// <summary>Mean time of each stage over all answers so far, in request order.</summary>
    public required IReadOnlyList<LoadStage> Stages { get; init; }

    /// <summary>Arrivals so far that were not sent.</summary>
    public required long Unsent { get; init; }

    /// <summary>Failures so far.</summary>
    public required long Failed { get; init; }

    /// <summary>Arrivals that wait for a free caller; 0 in a closed loop.</summary>
    public required int Waiting { get; init; }
}
