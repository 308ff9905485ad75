using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Measurement.Hardware;
using LatencyLab.Inference.Sessions;
using LatencyLab.Web.Telemetry;

namespace LatencyLab.Benchmarks;

/// <summary>
/// What watching costs: instrumentation (stage clock, the exporter that listens to its metrics) and hardware monitor together, switched on and off in turns;
/// and the monitor's own share of a core and bytes a sample.
/// </summary>
internal static class MonitorVerb
{
    public const string Summary = "[periodMs] [blocks]: what instrumentation and hardware monitor add to a classification; the monitor's share of a core and bytes a sample";

    // Short blocks, many of them: the machine's speed drifts over seconds, and a pair should see one state of it.
    private const int RunsInBlock = 100;
    private const double AllowedRatio = 1.01;
    private const double AllowedShare = 0.01;

    public static int Run(string[] arguments)
    {
        var period = TimeSpan.FromMilliseconds(Setup.Number(arguments, 0, 200));
        var blocks = Setup.Number(arguments, 1, 400);
        using var laboratory = new Setup(variant => variant with { Threads = 1 });
        var variant = laboratory.Load("cifar10_resnet9").Single(entry => entry.Options.Id == "int8").Variant!;
        using var monitor = HardwareMonitor.Create();
        Console.WriteLine($"{monitor.Metrics.Count} metrics, {AllocatedBytes(monitor)} managed bytes a sample");
        var (off, on, share) = Measure(variant, monitor, period, blocks);
        // The median of the pairs' own ratios: where the machine's speed steps up and down, a ratio of medians would compare its steps.
        var ratio = BootstrapRatio.Paired([.. on.Zip(off, static (with, without) => with / without)], [.. off.Select(static _ => 1.0)]);
        var good = ratio.Ci95[1] <= AllowedRatio && share < AllowedShare;
        Console.WriteLine(
            $"every {period.TotalMilliseconds:0} ms: {share:0.00 %} of one core; p50 of a classification with / without instrumentation and monitor "
            + $"{ratio.Value:0.000}× [{ratio.Ci95[0]:0.000}, {ratio.Ci95[1]:0.000}] over {blocks} pairs of blocks "
            + $"({Percentile.Of(off.Order().ToArray(), 0.5):0.000} ms without): {(good ? "within bounds" : "OUT OF BOUNDS")}");
        return good ? 0 : 1;
    }

    private static (double[] Off, double[] On, double Share) Measure(Variant variant, HardwareMonitor monitor, TimeSpan period, int blocks)
    {
        var (off, on, shares) = (new double[blocks], new double[blocks], new List<double>());
        var picture = LargePhoto.Small();
        var (measuring, silent) = (new StageClock(), new StageClock(silent: true));
        MedianMs(variant, picture, measuring);
        MedianMs(variant, picture, silent);
        var random = new Random(1);
        for (var block = 0; block < blocks; block++)
        {
            // Which comes first is drawn, so that drift favours neither.
            var onFirst = random.Next(2) == 0;
            for (var turn = 0; turn < 2; turn++)
            {
                if (onFirst == (turn == 0))
                {
                    using var exporter = new PrometheusExporter();
                    _ = exporter.StartAsync(CancellationToken.None); // listens at once
                    using var sampler = new HardwareSampler(monitor, period, capacity: 1000);
                    on[block] = MedianMs(variant, picture, measuring);
                    shares.Add(sampler.Cost.ShareOfOneCore);
                }
                else
                {
                    off[block] = MedianMs(variant, picture, silent);
                }
            }
        }
        return (off, on, shares.Average());
    }

    private static double MedianMs(Variant variant, byte[] picture, StageClock clock)
    {
        // A clock of its own around both: the one inside is what is on trial.
        var outer = new StageClock();
        var samples = new double[RunsInBlock];
        for (var i = 0; i < samples.Length; i++)
        {
            outer.Start();
            clock.Start();
            variant.Classify(picture, clock);
            samples[i] = outer.TotalMs;
        }
        Array.Sort(samples);
        return Percentile.Of(samples, 0.5);
    }

    private static long AllocatedBytes(HardwareMonitor monitor)
    {
        const int Samples = 100;
        var values = new double[monitor.Metrics.Count];
        monitor.Sample(values);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Samples; i++)
        {
            monitor.Sample(values);
        }
        return (GC.GetAllocatedBytesForCurrentThread() - before) / Samples;
    }
}
