using System.Diagnostics;
using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Benchmarks;

/// <summary>What our measuring and pipeline add: the inference stage against a bare loop over the same session, allocation, unnamed time.</summary>
internal static class OverheadVerb
{
    public const string Summary = "[rounds]: inference stage against a bare loop, managed bytes and unnamed time per request";

    private const double AllowedShare = 0.03;
    private const double AllowedMs = 0.020;

    public static int Run(string[] arguments)
    {
        var rounds = Setup.Number(arguments, 0, 400);
        using var laboratory = new Setup(variant => variant with { Threads = 1 });
        var picture = LargePhoto.Small();
        var good = true;
        foreach (var entry in laboratory.Load("cifar10_resnet9"))
        {
            good &= Measure(entry, picture, rounds);
        }
        return good ? 0 : 1;
    }

    private static bool Measure(VariantEntry entry, byte[] picture, int rounds)
    {
        var variant = entry.Variant!;
        var file = entry.Model.FileOf(entry.Options.Precision)!;
        using var session = SessionFactory.Create(file, entry.Options, 1).Session;
        using var bare = new BoundSession(session, entry.Model, entry.Options.IoBinding);
        var (bareMs, stageMs, unnamed) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = -50; round < rounds; round++)
        {
            // The pipeline runs before both, so that both meet the same caches.
            var times = variant.Classify(picture).Times;
            variant.Classify(picture);
            var began = Stopwatch.GetTimestamp();
            bare.Run();
            var elapsed = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            if (round >= 0)
            {
                bareMs.Add(elapsed);
                stageMs.Add(times[Stage.Inference]);
                unnamed.Add(times[Stage.Other] / times.TotalMs);
            }
        }
        var allocated = Allocated(variant, picture);
        var (bareP50, stageP50) = (Median(bareMs), Median(stageMs));
        var added = stageP50 - bareP50;
        var good = added <= Math.Max(AllowedShare * bareP50, AllowedMs) && allocated < 4096 && Median(unnamed) < 0.01;
        Console.WriteLine(
            $"{entry.Options.Id,-10} bare {bareP50:0.000} ms, stage {stageP50:0.000} ms ({100 * added / bareP50:+0.0;-0.0} %, {1000 * added:+0.0;-0.0} µs), "
            + $"{allocated} managed bytes a request, {100 * Median(unnamed):0.00} % of the total unnamed: {(good ? "within bounds" : "OUT OF BOUNDS")}");
        return good;
    }

    private static long Allocated(Variant variant, byte[] picture)
    {
        const int Requests = 200;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Requests; i++)
        {
            variant.Classify(picture);
        }
        return (GC.GetAllocatedBytesForCurrentThread() - before) / Requests;
    }

    private static double Median(List<double> samples) => Percentile.Of([.. samples.Order()], 0.5);
}
