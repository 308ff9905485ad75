using System.Text.Json.Serialization;
using LatencyLab.Inference.Runtime;

namespace LatencyLab.Inference.Measurement.Load.Search;

/// <summary>How a trial ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RateVerdict>))]
public enum RateVerdict
{
    /// <summary>With 99 % confidence the percentile keeps its bound.</summary>
    [JsonStringEnumMemberName("passed")] Passed,

    /// <summary>With 99 % confidence it does not.</summary>
    [JsonStringEnumMemberName("failed")] Failed,

    /// <summary>Neither was certain when the trial's time was over; the search takes it for not passed.</summary>
    [JsonStringEnumMemberName("undecided")] Undecided,
}

/// <summary>One rate that was tried.</summary>
/// <param name="RatePerSecond">The rate of the Poisson schedule.</param>
/// <param name="Verdict">How it ended.</param>
/// <param name="Requests">Requests that were measured, with those that failed or were not sent.</param>
/// <param name="TooSlow">Those of them that took longer than the bound, failed, or were not sent.</param>
/// <param name="Result">What the target did.</param>
public sealed record RateTrial(double RatePerSecond, RateVerdict Verdict, long Requests, long TooSlow, LoadResult Result);

/// <summary>The highest rate at which a percentile keeps its bound.</summary>
public sealed record RateSearchResult
{
    /// <summary>What load was put on.</summary>
    public required LoadTargetFacts Target { get; init; }

    /// <summary>The percentile, for instance 0.99.</summary>
    public required double Percentile { get; init; }

    /// <summary>Its bound.</summary>
    public required double BoundMs { get; init; }

    /// <summary>The highest rate that passed; absent where none did.</summary>
    public double? RatePerSecond { get; init; }

    /// <summary>The lowest rate above it that did not; absent where all passed.</summary>
    public double? FailedRatePerSecond { get; init; }

    /// <summary>All trials, in the order in which they were made.</summary>
    public required IReadOnlyList<RateTrial> Trials { get; init; }

    /// <summary>The machine that made the load, and ran the variant where it is in this process.</summary>
    public required EnvironmentFacts Environment { get; init; }
}
