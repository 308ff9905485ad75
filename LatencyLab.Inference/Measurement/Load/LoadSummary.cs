using LatencyLab.Inference.Measurement.Histograms;
using LatencyLab.Inference.Measurement.Load.Arrivals;
using LatencyLab.Inference.Runtime;

namespace LatencyLab.Inference.Measurement.Load;

/// <summary>From what was recorded to the result.</summary>
internal static class LoadSummary
{
    public static LoadResult Of(
        LoadTargetFacts target, LoadOptions options, DateTimeOffset createdAt, double seconds, LoadRecorder recorder, IReadOnlyList<TimelinePoint> timeline)
    {
        var open = options.Mode == LoadMode.OpenLoop;
        var (latency, naive) = (recorder.Latency.Snapshot(), recorder.Naive.Snapshot());
        return new LoadResult
        {
            Mode = options.Mode,
            Target = target,
            CreatedAt = createdAt,
            Schedule = options.Schedule?.Kind,
            Callers = options.Callers,
            DurationMs = 1000 * seconds,
            WarmupMs = options.Warmup.TotalMilliseconds,
            OfferedRps = open ? PerSecond(recorder.Scheduled, seconds) : null,
            AchievedRps = PerSecond(recorder.AnsweredInTime, seconds),
            Samples = latency.Count,
            Unsent = recorder.Unsent,
            LeftOut = options.Schedule is RecordedArrivals recorded ? recorded.Count - recorder.Scheduled : null,
            Failures = new SortedDictionary<string, long>(recorder.Failures.ToDictionary(), StringComparer.Ordinal),
            P50Ms = latency.PercentileMs(0.5),
            P95Ms = latency.PercentileOfEnoughMs(0.95),
            P99Ms = latency.PercentileOfEnoughMs(0.99),
            P50Ci95Ms = latency.IntervalMs(0.5),
            P95Ci95Ms = IntervalOfEnough(latency, 0.95),
            P99Ci95Ms = IntervalOfEnough(latency, 0.99),
            MeanMs = latency.MeanMs,
            MaxMs = latency.MaxMs,
            NaiveP50Ms = naive.PercentileMs(0.5),
            NaiveP95Ms = naive.PercentileOfEnoughMs(0.95),
            NaiveP99Ms = naive.PercentileOfEnoughMs(0.99),
            SendErrorP99Ms = open ? recorder.SendError.PercentileOfEnoughMs(0.99) : null,
            Stages = LoadStage.Of(recorder),
            Timeline = timeline,
            Environment = EnvironmentProbe.Read(),
            Histograms = new LoadHistograms
            {
                Latency = latency,
                Naive = naive,
                SendError = open ? recorder.SendError.Snapshot() : null,
                Stages = Enum.GetValues<Stage>().Where(stage => recorder.Of(stage).Count > 0).ToDictionary(stage => stage, stage => recorder.Of(stage).Snapshot()),
            },
        };
    }

    private static double PerSecond(long count, double seconds) => seconds > 0 ? count / seconds : 0;

    private static double[]? IntervalOfEnough(LatencyHistogram histogram, double p) =>
        histogram.Count >= Percentile.MinimumSamples(p) ? histogram.IntervalMs(p) : null;
}
