using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Measurement.Histograms;
using LatencyLab.Inference.Measurement.Load;
using LatencyLab.Tests.Components;

namespace LatencyLab.Tests.Measurement.Load;

/// <summary>Load results as a run would give them, from latencies that the test chooses.</summary>
internal static class LoadExample
{
    /// <summary>A run of so many seconds with so many answers each.</summary>
    public static LoadResult Result(Func<int, double> latencyMs, int seconds = 60, int perSecond = 50, string variant = "int8", LoadMode mode = LoadMode.OpenLoop)
    {
        var (latency, naive, timeline) = (new LatencyHistogram(), new LatencyHistogram(), new List<TimelinePoint>());
        for (var second = 0; second < seconds; second++)
        {
            var interval = new LatencyHistogram();
            for (var answer = 0; answer < perSecond; answer++)
            {
                var ns = (long)(latencyMs((second * perSecond) + answer) * 1e6);
                latency.RecordNs(ns);
                interval.RecordNs(ns);
                naive.RecordNs(Math.Min(ns, 5_000_000));
            }
            timeline.Add(new TimelinePoint
            {
                SecondsFromStart = second + 1, Completed = perSecond, P50Ms = interval.PercentileMs(0.5), MaxMs = interval.MaxMs,
            });
        }
        return new LoadResult
        {
            Mode = mode,
            Target = new LoadTargetFacts { VariantId = variant, ModelId = "cifar10_resnet9" },
            CreatedAt = new DateTimeOffset(2026, 3, 14, 9, 26, 0, TimeSpan.Zero),
            Schedule = mode == LoadMode.OpenLoop ? "poisson" : null,
            Callers = 2,
            DurationMs = 1000 * seconds,
            WarmupMs = 2000,
            OfferedRps = mode == LoadMode.OpenLoop ? perSecond : null,
            AchievedRps = perSecond,
            Samples = latency.Count,
            Unsent = 0,
            Failures = new Dictionary<string, long>(),
            P50Ms = latency.PercentileMs(0.5),
            P95Ms = latency.PercentileOfEnoughMs(0.95),
            P99Ms = latency.PercentileOfEnoughMs(0.99),
            P50Ci95Ms = latency.IntervalMs(0.5),
            P95Ci95Ms = latency.IntervalMs(0.95),
            P99Ci95Ms = latency.IntervalMs(0.99),
            MeanMs = latency.MeanMs,
            MaxMs = latency.MaxMs,
            NaiveP50Ms = naive.PercentileMs(0.5),
            NaiveP95Ms = naive.PercentileOfEnoughMs(0.95),
            NaiveP99Ms = naive.PercentileOfEnoughMs(0.99),
            SendErrorP99Ms = mode == LoadMode.OpenLoop ? 0.1 : null,
            Stages = [new LoadStage(Stage.Queue, 0.2, 0.3), new LoadStage(Stage.Inference, 1.9, 2.0), new LoadStage(Stage.Other, 0.01, 0.02)],
            Timeline = timeline,
            Environment = Example.Environment,
            Histograms = new LoadHistograms
            {
                Latency = latency,
                Naive = naive,
                Stages = new Dictionary<Stage, LatencyHistogram> { [Stage.Inference] = latency },
            },
        };
    }

    /// <summary>Independent latencies around a median.</summary>
    public static LoadResult Independent(double medianMs, int seed, int seconds = 60, LoadMode mode = LoadMode.OpenLoop)
    {
        var random = new Random(seed);
        return Result(_ => medianMs * Math.Exp(0.3 * Normal(random)), seconds, mode: mode);
    }

    /// <summary>Latencies that resemble those just before them, as those of requests that wait behind each other do.</summary>
    public static LoadResult Alike(double medianMs, int seed, double memory = 0.97)
    {
        var random = new Random(seed);
        var state = Normal(random);
        return Result(_ =>
        {
            state = (memory * state) + (Math.Sqrt(1 - (memory * memory)) * Normal(random));
            return medianMs * Math.Exp(0.3 * state);
        });
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
