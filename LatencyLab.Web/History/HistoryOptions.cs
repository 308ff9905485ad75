using System.ComponentModel.DataAnnotations;

namespace LatencyLab.Web.History;

/// <summary>What is kept of past runs. Bound from <c>LatencyLab:History</c>; validated at start.</summary>
public sealed class HistoryOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "LatencyLab:History";

    /// <summary>Name of the connection string that puts the history into PostgreSQL.</summary>
    public const string ConnectionName = "History";

    /// <summary>Whether visitors may neither delete nor import runs; new ones are kept all the same.</summary>
    /// <value>The default value is false.</value>
    public bool ReadOnly { get; init; }

    /// <summary>Runs that may wait to be written; beyond it a run is not saved, and the log says so.</summary>
    /// <value>The default value is 256.</value>
    [Range(1, 100_000)]
    public int QueueLength { get; init; } = 256;

    /// <summary>Largest file that may be imported.</summary>
    /// <value>Megabytes (10⁶ bytes). The default value is 64.</value>
    [Range(1, 1_000)]
    public int ImportMegabytes { get; init; } = 64;

    /// <summary>Most runs in one file that is imported or exported.</summary>
    /// <value>The default value is 1,000.</value>
    [Range(1, 100_000)]
    public int TransferredRuns { get; init; } = 1_000;

    /// <summary>Whether uploaded pictures are kept with their comparisons.</summary>
    /// <value>The default value is false: a picture leaves memory after a while and is never written to disk.</value>
    public bool KeepPictures { get; init; }

    /// <summary>Room for kept pictures; the oldest give way.</summary>
    /// <value>Megabytes (10⁶ bytes). The default value is 500.</value>
    [Range(1, 1_000_000)]
    public int PictureQuotaMegabytes { get; init; } = 500;

    /// <summary>How long a picture is kept.</summary>
    /// <value>Days. The default value is 30.</value>
    [Range(1, 36_500)]
    public int PictureDays { get; init; } = 30;

    /// <summary>How often expired pictures are looked for.</summary>
    /// <value>Minutes. The default value is 10.</value>
    [Range(1, 24 * 60)]
    public int PictureSweepMinutes { get; init; } = 10;
}
