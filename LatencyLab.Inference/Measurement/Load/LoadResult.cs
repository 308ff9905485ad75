using System.Text.Json.Serialization;
using LatencyLab.Inference.Measurement.Histograms;
using LatencyLab.Inference.Runtime;

namespace LatencyLab.Inference.Measurement.Load;

/// <summary>What a target did under load. Latencies count from the intended start; naive ones from the actual start.</summary>
public sealed record LoadResult
{
    /// <summary>Open or closed loop.</summary>
    public required LoadMode Mode { get; init; }

    /// <summary>What load was put on.</summary>
    public required LoadTargetFacts Target { get; init; }

    /// <summary>When the run began.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The schedule of an open loop: <c>poisson</c>, <c>constant</c>, <c>ramp</c>, <c>recorded</c>; absent for a closed loop.</summary>
    public string? Schedule { get; init; }

    /// <summary>Requests that were with the target at once, at most; in a closed loop the clients.</summary>
    public required int Callers { get; init; }

    /// <summary>Measured time; less than wished where the run was stopped.</summary>
    public required double DurationMs { get; init; }

    /// <summary>Unmeasured time before.</summary>
    public required double WarmupMs { get; init; }

    /// <summary>Arrivals of the schedule a second, the unsent included; absent for a closed loop.</summary>
    public double? OfferedRps { get; init; }

    /// <summary>Answers a second while it was measured; those that came only after its end are not in it.</summary>
    public required double AchievedRps { get; init; }

    /// <summary>Answers behind the latencies: those to requests that were meant to start while it was measured.</summary>
    public required long Samples { get; init; }

    /// <summary>Arrivals that could not be sent: too many waited already, or the sender was too late.</summary>
    public required long Unsent { get; init; }

    /// <summary>
    /// Arrivals of a recorded schedule after the measured time: they were left out of the load, and are in no other number. Absent for
    /// other schedules, for a closed loop, and in results of versions that did not count them.
    /// </summary>
    public long? LeftOut { get; init; }

    /// <summary>Requests that were sent and not answered, by kind.</summary>
    public required IReadOnlyDictionary<string, long> Failures { get; init; }

    /// <summary>Median; absent without any answer.</summary>
    public double? P50Ms { get; init; }

    /// <summary>95th percentile; absent below 130 samples.</summary>
    public double? P95Ms { get; init; }

    /// <summary>99th percentile; absent below 662 samples.</summary>
    public double? P99Ms { get; init; }

    /// <summary>Order-statistic 95 % interval of the median.</summary>
    [JsonPropertyName("p50Ci95Ms")]
    public double[]? P50Ci95Ms { get; init; }

    /// <summary>Order-statistic 95 % interval of the 95th percentile; absent with it.</summary>
    [JsonPropertyName("p95Ci95Ms")]
    public double[]? P95Ci95Ms { get; init; }

    /// <summary>Order-statistic 95 % interval of the 99th percentile; absent with it.</summary>
    [JsonPropertyName("p99Ci95Ms")]
    public double[]? P99Ci95Ms { get; init; }

    /// <summary>Mean.</summary>
    public double? MeanMs { get; init; }

    /// <summary>Longest.</summary>
    public double? MaxMs { get; init; }

    /// <summary>Naive median.</summary>
    public double? NaiveP50Ms { get; init; }

    /// <summary>Naive 95th percentile; absent below 130 samples.</summary>
    public double? NaiveP95Ms { get; init; }

    /// <summary>Naive 99th percentile; absent below 662 samples.</summary>
    public double? NaiveP99Ms { get; init; }

    /// <summary>
    /// 99th percentile of how late the sender itself was; absent below 662 arrivals and for a closed loop. Waiting for a free caller is
    /// in the latency, not in here.
    /// </summary>
    public double? SendErrorP99Ms { get; init; }

    /// <summary>Where the latency went.</summary>
    public required IReadOnlyList<LoadStage> Stages { get; init; }

    /// <summary>The run second by second.</summary>
    public required IReadOnlyList<TimelinePoint> Timeline { get; init; }

    /// <summary>The machine that made the load, and ran the variant where it is in this process.</summary>
    public required EnvironmentFacts Environment { get; init; }

    /// <summary>All latencies, for merging with other runs.</summary>
    public required LoadHistograms Histograms { get; init; }
}

/// <summary>The histograms behind a result.</summary>
public sealed record LoadHistograms
{
    /// <summary>From the intended start.</summary>
    public required LatencyHistogram Latency { get; init; }

    /// <summary>From the actual start.</summary>
    public required LatencyHistogram Naive { get; init; }

    /// <summary>How late the sender was; absent for a closed loop.</summary>
    public LatencyHistogram? SendError { get; init; }

    /// <summary>Each stage that any request passed.</summary>
    public required IReadOnlyDictionary<Stage, LatencyHistogram> Stages { get; init; }
}
