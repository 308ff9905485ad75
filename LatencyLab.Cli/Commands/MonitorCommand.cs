using System.CommandLine;
using System.Globalization;
using LatencyLab.Inference.Measurement.Hardware;

namespace LatencyLab.Cli.Commands;

/// <summary><c>latencylab monitor [--seconds S] [--period-ms P]</c></summary>
internal static class MonitorCommand
{
    private const double MaxSeconds = 3600;
    private const double MaxPeriodMs = 60_000;

    public static Command Create()
    {
        var seconds = new Option<double>("--seconds") { Description = "How long to watch, 0.1 to 3600.", DefaultValueFactory = _ => 5 };
        var period = new Option<double>("--period-ms") { Description = "Time between samples, 10 to 60000.", DefaultValueFactory = _ => 200 };
        var json = new Option<bool>("--json") { Description = "Print JSON instead of text." };
        var command = new Command("monitor", "Watches what the machine does: processors, memory, this process, disks, network, GPUs.") { seconds, period, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var duration = InRange(parsed.GetValue(seconds), 0.1, MaxSeconds, "--seconds");
            var periodMs = InRange(parsed.GetValue(period), HardwareSampler.ShortestPeriod.TotalMilliseconds, MaxPeriodMs, "--period-ms");
            using var monitor = HardwareMonitor.Create();
            var capacity = Math.Max(2, (int)(1000 * duration / periodMs) + 1);
            using var sampler = new HardwareSampler(monitor, TimeSpan.FromMilliseconds(periodMs), capacity);
            await Task.Delay(TimeSpan.FromSeconds(duration), cancellationToken);
            sampler.Stop();
            if (parsed.GetValue(json))
            {
                Output.Json(sampler.Read());
            }
            else
            {
                Print(sampler.Read());
            }
            return 0;
        });
        return command;
    }

    private static double InRange(double value, double low, double high, string option) => value >= low && value <= high
        ? value
        : throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"{option} must be {low} to {high}, not {value}."));

    private static void Print(HardwareSeries series)
    {
        var table = Output.Table("metric", "unit", "mean", "min", "max", "what it is");
        foreach (var metric in series.Metrics)
        {
            table.Row(metric.Name, metric.Unit, Number(metric.Mean), Number(metric.Min), Number(metric.Max), metric.Description);
        }
        Output.Print(table);
        foreach (var missing in series.Missing)
        {
            Console.Out.WriteLine($"Not told here: {missing.Name} ({missing.Reason}).");
        }
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{series.TimesMs.Count} samples. Monitoring itself took {series.Cost.ShareOfOneCore:0.00 %} of one core, {series.Cost.MeanSampleMs:0.000} ms a sample; {series.Cost.Skipped} samples skipped."));
    }

    private static string Number(double? value) => value is { } number ? number.ToString("#,0.###", CultureInfo.InvariantCulture) : "–";
}
