using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Models;

namespace LatencyLab.Inference.Live;

/// <summary>A live run at one moment; never changes, so that one is made for all who watch.</summary>
public sealed record LiveFrame
{
    /// <summary>Counts the frames of a run from 1; a gap is a frame that was missed.</summary>
    public required int Number { get; init; }

    /// <summary>The run's time, pauses not counted.</summary>
    public required double Seconds { get; init; }

    /// <summary>The rate that is asked for, in arrivals a second.</summary>
    public required double TargetRps { get; init; }

    /// <summary>The variant whose turn it is.</summary>
    public string? Turn { get; init; }

    /// <summary>How busy all processors of the machine are; absent where it does not tell.</summary>
    public double? CpuPercent { get; init; }

    /// <summary>Main memory that this process uses; absent where the machine does not tell.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>The variants, in configured order.</summary>
    public required IReadOnlyList<LiveVariantFigures> Variants { get; init; }
}

/// <summary>One variant's answers within the window.</summary>
public sealed record LiveVariantFigures
{
    /// <summary>The variant.</summary>
    public required string Id { get; init; }

    /// <summary>Answers within the window.</summary>
    public required long Samples { get; init; }

    /// <summary>Median latency, from the intended start; absent without any answer.</summary>
    public double? P50Ms { get; init; }

    /// <summary>95th percentile; absent below 130 answers.</summary>
    public double? P95Ms { get; init; }

    /// <summary>99th percentile; absent below 662 answers.</summary>
    public double? P99Ms { get; init; }

    /// <summary>Arrivals a second of the variant's own turns.</summary>
    public required double OfferedRps { get; init; }

    /// <summary>Answers a second of the variant's own turns, the time to catch up at their ends included.</summary>
    public required double AchievedRps { get; init; }

    /// <summary>Arrivals of the whole run that were not sent, because too many waited or the machine was too busy.</summary>
    public required long Unsent { get; init; }

    /// <summary>Requests of the whole run without an answer.</summary>
    public required long Failed { get; init; }

    /// <summary>Mean time of each stage, in request order; together the mean latency.</summary>
    public required IReadOnlyList<LiveStage> Stages { get; init; }

    /// <summary>The first bucket that is not empty: see <see cref="LiveBuckets"/>.</summary>
    public int FirstBucket { get; init; }

    /// <summary>Answers in each bucket from <see cref="FirstBucket"/> to the last that is not empty.</summary>
    public IReadOnlyList<int> Buckets { get; init; } = [];

    /// <summary>The most probable class of the latest answer.</summary>
    public Prediction? Answer { get; init; }

    /// <summary>Why the variant no longer takes part; absent while it does.</summary>
    public string? Failure { get; init; }
}

/// <summary>One stage within the window.</summary>
/// <param name="Stage">The stage. <see cref="Stage.Queue"/> has the wait for a free caller in it.</param>
/// <param name="MeanMs">Mean over all answers in milliseconds.</param>
public sealed record LiveStage(Stage Stage, double MeanMs);
