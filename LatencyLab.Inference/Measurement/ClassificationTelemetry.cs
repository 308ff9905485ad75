using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace LatencyLab.Inference.Measurement;

/// <summary>
/// What every classification tells whoever listens: durations in seconds, by variant, model and stage. Nobody listening, it costs a
/// comparison; with a listener for metrics alone it allocates nothing.
/// </summary>
public static class ClassificationTelemetry
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Name = "LatencyLab";

    private const string VariantTag = "latencylab.variant";
    private const string ModelTag = "latencylab.model";
    private const string StageTag = "latencylab.stage";

    private static readonly Meter Meter = new(Name);
    private static readonly ActivitySource Source = new(Name);

    // From 0.1 ms, which a small model takes, to 10 s; an exporter's own bounds, made for milliseconds, would put all into one bucket.
    private static readonly InstrumentAdvice<double> Buckets = new()
    {
        HistogramBucketBoundaries = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    private static readonly Histogram<double> Total = Meter.CreateHistogram<double>(
        "latencylab.classification.duration", "s", "Duration of a classification, from encoded picture to predictions, time in the queue included.",
        tags: null, Buckets);

    private static readonly Histogram<double> Stages = Meter.CreateHistogram<double>(
        "latencylab.classification.stage.duration", "s", "Duration of one stage of a classification.", tags: null, Buckets);

    private static readonly string[] StageNames = [.. Enum.GetNames<Stage>().Select(name => name.ToLowerInvariant())];

    /// <summary>Tells of a finished classification.</summary>
    /// <param name="variantId">The variant.</param>
    /// <param name="modelId">Its model.</param>
    /// <param name="clock">Its stopped clock.</param>
    internal static void Record(string variantId, string modelId, StageClock clock)
    {
        if (Total.Enabled || Stages.Enabled)
        {
            Total.Record(Seconds(clock.TotalTicks), new(VariantTag, variantId), new(ModelTag, modelId));
            for (var stage = Stage.Upload; stage <= Stage.Other; stage++)
            {
                if (clock.TicksOf(stage) is > 0 and var ticks)
                {
                    Stages.Record(Seconds(ticks), new(VariantTag, variantId), new(ModelTag, modelId), new(StageTag, StageNames[(int)stage]));
                }
            }
        }
        if (Source.HasListeners())
        {
            Trace(variantId, modelId, clock);
        }
    }

    /// <summary>One span for the classification and one a stage, laid end to end in the order in which a request passes through them.</summary>
    private static void Trace(string variantId, string modelId, StageClock clock)
    {
        var begin = DateTimeOffset.UtcNow - TimeSpan.FromSeconds(Seconds(clock.TotalTicks));
        using var whole = Source.StartActivity(
            ActivityKind.Internal, startTime: begin, tags: [new(VariantTag, variantId), new(ModelTag, modelId)], name: "classify");
        if (whole is null)
        {
            return;
        }
        for (var stage = Stage.Upload; stage <= Stage.Other; stage++)
        {
            var length = TimeSpan.FromSeconds(Seconds(clock.TicksOf(stage)));
            if (length > TimeSpan.Zero)
            {
                using var part = Source.StartActivity(
                    ActivityKind.Internal, whole.Context, startTime: begin, tags: [new(StageTag, StageNames[(int)stage])], name: StageNames[(int)stage]);
                begin += length;
                part?.SetEndTime(begin.UtcDateTime);
            }
        }
        whole.SetEndTime(begin.UtcDateTime);
    }

    private static double Seconds(long ticks) => ticks / (double)Stopwatch.Frequency;
}
