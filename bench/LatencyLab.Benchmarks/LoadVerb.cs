using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Measurement.Load;
using LatencyLab.Inference.Measurement.Load.Arrivals;
using LatencyLab.Inference.Runtime;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Benchmarks;

/// <summary>Whether an open loop holds its schedule at half the capacity, and whether it shows a stall that a naive figure hides.</summary>
internal static class LoadVerb
{
    public const string Summary = "[seconds]: open loop at half the capacity: rate and send error; a stall of 1 s in the p99 against the value by hand";

    private const double AllowedRateError = 0.01;
    private const double AllowedSendErrorMs = 2;
    private const double AllowedStallError = 0.10;
    private const double StallMs = 1000;

    public static int Run(string[] arguments)
    {
        var duration = TimeSpan.FromSeconds(Setup.Number(arguments, 0, 20));
        using var laboratory = new Setup(variant => variant with { Threads = 1 });
        var good = true;
        foreach (var entry in laboratory.Load("cifar10_resnet9"))
        {
            var target = new VariantLoadTarget(entry.Variant!, new ClassifierGate(CpuCapabilities.Current.LogicalCores, 64));
            good &= HoldsSchedule(entry.Options.Id, target, duration) & ShowsStall(entry.Options.Id, target, duration);
        }
        return good ? 0 : 1;
    }

    private static bool HoldsSchedule(string id, VariantLoadTarget target, TimeSpan duration)
    {
        var capacity = Load(target, new LoadOptions { Duration = duration / 4 }).AchievedRps;
        var result = Load(target, new LoadOptions { Schedule = new ConstantArrivals(capacity / 2), Duration = Enough(duration, capacity / 2) });
        var rateError = Math.Abs((result.AchievedRps / result.OfferedRps!.Value) - 1);
        var good = rateError <= AllowedRateError && result.SendErrorP99Ms < AllowedSendErrorMs && result.Unsent == 0;
        Console.WriteLine(
            $"{id,-10} capacity {capacity:0.0}/s; offered {result.OfferedRps:0.00}/s, achieved {result.AchievedRps:0.00}/s ({100 * rateError:0.00} % off), "
            + $"send error p99 {result.SendErrorP99Ms:0.000} ms, {result.Unsent} unsent: {(good ? "within bounds" : "OUT OF BOUNDS")}");
        return good;
    }

    private static bool ShowsStall(string id, VariantLoadTarget target, TimeSpan duration)
    {
        var alone = Load(target, new LoadOptions { Callers = 1, Duration = duration / 4 });
        var rate = alone.AchievedRps / 4;
        var result = Load(
            new StallingTarget(target, TimeSpan.FromMilliseconds(StallMs), after: (int)(3 * rate)),
            new LoadOptions { Schedule = new ConstantArrivals(rate), Callers = 1, Duration = Enough(duration, rate) });
        // Behind the stall everyone waits, each the distance of two arrivals less a service time shorter than the one before.
        var byHand = StallMs + alone.MeanMs!.Value - (0.01 * result.Samples * ((1000 / rate) - alone.MeanMs.Value));
        var good = result.P99Ms is { } p99 && Math.Abs((p99 / byHand) - 1) <= AllowedStallError && result.NaiveP99Ms < AllowedStallError * StallMs;
        Console.WriteLine(
            $"{id,-10} stall of 1 s at {rate:0.0}/s: p99 {result.P99Ms:0.0} ms, by hand {byHand:0.0} ms, naive p99 {result.NaiveP99Ms:0.00} ms: "
            + (good ? "within bounds" : "OUT OF BOUNDS"));
        return good;
    }

    /// <summary>The duration, or as long as it takes until there is a p99.</summary>
    private static TimeSpan Enough(TimeSpan duration, double rate) =>
        TimeSpan.FromSeconds(Math.Max(duration.TotalSeconds, 1.1 * Percentile.MinimumSamples(0.99) / rate));

    private static LoadResult Load(ILoadTarget target, LoadOptions options) => LoadRun.Start(target, options).Completion.GetAwaiter().GetResult();
}
