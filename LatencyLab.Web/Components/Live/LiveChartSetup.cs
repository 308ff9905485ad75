using LatencyLab.Inference.Live;
using LatencyLab.Web.Live;

namespace LatencyLab.Web.Components.Live;

/// <summary>What the live charts need to know before the first frame.</summary>
/// <param name="Variants">Who takes part.</param>
/// <param name="SpanSeconds">Length of the time axis.</param>
/// <param name="MaxFrames">Frames that are kept at most.</param>
/// <param name="LowestMs">Lower edge of the first bucket.</param>
/// <param name="BucketsPerDecade">Buckets between a latency and ten times as much.</param>
public sealed record LiveChartSetup(
    IReadOnlyList<LiveChartVariant> Variants, double SpanSeconds, int MaxFrames, double LowestMs, int BucketsPerDecade)
{
    /// <summary>Length of the time axis: all frames that the feed keeps, at five a second.</summary>
    public const double Span = 120;

    /// <summary>Charts without any variant yet.</summary>
    public static LiveChartSetup Empty { get; } = new([], Span, LiveFeed.KeptFrames, LiveBuckets.LowestMs, LiveBuckets.PerDecade);
}

/// <summary>A variant as the charts name it.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Title">Name for people.</param>
public sealed record LiveChartVariant(string Id, string Title);
