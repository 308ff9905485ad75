using System.ComponentModel.DataAnnotations;

namespace LatencyLab.Web.Live;

/// <summary>Bounds of the live session. Bound from <c>LatencyLab:Live</c>; validated at start.</summary>
public sealed class LiveOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "LatencyLab:Live";

    /// <summary>Rate that the page offers first.</summary>
    /// <value>Arrivals a second, 0.5 to 200. The default value is 40.</value>
    [Range(0.5, 200)]
    public double RatePerSecond { get; init; } = 40;

    /// <summary>Answers of so long ago are what percentiles, stages and buckets are made of.</summary>
    /// <value>Seconds. The default value is 60: enough for a p99 of three variants at the default rate.</value>
    [Range(10, 120)]
    public int WindowSeconds { get; init; } = 60;

    /// <summary>A run that nobody watches ends after so long.</summary>
    /// <value>Minutes. The default value is 5.</value>
    [Range(1, 24 * 60)]
    public int UnwatchedMinutes { get; init; } = 5;

    /// <summary>Longest run, pauses not counted.</summary>
    /// <value>Minutes. The default value is 120.</value>
    [Range(1, 24 * 60)]
    public int MaxMinutes { get; init; } = 120;

    /// <summary>Largest recording that may be opened.</summary>
    /// <value>Megabytes (10⁶ bytes). The default value is 16.</value>
    [Range(1, 100)]
    public int RecordingMegabytes { get; init; } = 16;
}
