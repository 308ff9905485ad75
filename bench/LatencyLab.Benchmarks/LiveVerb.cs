using System.Globalization;
using LatencyLab.Inference.Measurement;

namespace LatencyLab.Benchmarks;

/// <summary>What an audience costs: memory of the server for each open circuit, and how much the measured variants slow down.</summary>
internal static class LiveVerb
{
    public const string Summary =
        "URL [circuits] [blocks]: a running LatencyLab with nobody and with so many browser tabs on the live page in turn; memory each, slow-down of its variants";

    private const double AllowedMegabytesEach = 5;
    private const double AllowedSlowdown = 1.03;
    private const int WindowsABlock = 3;

    /// <summary>The window of a server that was started with <c>LatencyLab__Live__WindowSeconds=10</c>, and a little more.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(11);

    public static int Run(string[] arguments)
    {
        if (arguments.Length == 0)
        {
            Console.Error.WriteLine($"live {Summary}");
            return 2;
        }
        using var browser = TabbedBrowser.TryStart();
        if (browser is null)
        {
            Console.Error.WriteLine("No browser at CHROMIUM or /usr/bin/chromium: there are no circuits to measure.");
            return 1;
        }
        return RunAsync(new Uri(arguments[0]), browser, Setup.Number(arguments, 1, 100), Setup.Number(arguments, 2, 6)).GetAwaiter().GetResult();
    }

    private static async Task<int> RunAsync(Uri server, TabbedBrowser browser, int circuits, int blocks)
    {
        using var live = new LiveServer(server);
        var page = new Uri(server, "/live");
        await live.StartAsync();
        // The first circuit pays for what all share, and someone who watches keeps the run alive.
        await browser.OpenAsync(page);
        await UntilWatchedByAsync(live, 1);
        var (alone, watched, megabytes) = (new List<double>(), new List<double>(), new List<double>());
        for (var block = 1; block <= blocks; block++)
        {
            var before = await MeasureAsync(live, alone);
            var tabs = new List<string>();
            for (var tab = 0; tab < circuits; tab++)
            {
                tabs.Add(await browser.OpenAsync(page));
            }
            await UntilWatchedByAsync(live, 1 + circuits);
            megabytes.Add((await MeasureAsync(live, watched) - before) / 1e6 / circuits);
            foreach (var tab in tabs)
            {
                await browser.CloseAsync(tab);
            }
            await UntilWatchedByAsync(live, 1);
            Console.WriteLine(FormattableString.Invariant(
                $"block {block}: p50 {Mean(alone):0.00} ms alone, {Mean(watched):0.00} ms with {circuits} circuits more, {megabytes[^1]:0.00} MB each"));
        }
        await live.StopAsync();
        var slowdown = BootstrapRatio.Paired([.. watched], [.. alone]);
        Console.WriteLine(FormattableString.Invariant(
            $"p50 of all variants with {circuits} circuits watching against one: {slowdown.Value:0.000} [{slowdown.Ci95[0]:0.000}, {slowdown.Ci95[1]:0.000}] (at most {AllowedSlowdown} wanted)"));
        // Later blocks find the memory of the first one's circuits free; the first shows what they need.
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{megabytes[0]:0.00} MB of resident memory a circuit (at most {AllowedMegabytesEach:0} wanted)"));
        return slowdown.Value <= AllowedSlowdown && megabytes[0] <= AllowedMegabytesEach ? 0 : 1;

        static double Mean(List<double> all) => all.TakeLast(WindowsABlock).Average();
    }

    /// <summary>Adds the p50 of some windows, one after the other; the first that is counted began after this call.</summary>
    /// <returns>Resident memory of the server at the end, in bytes.</returns>
    private static async Task<double> MeasureAsync(LiveServer live, List<double> p50s)
    {
        for (var window = 0; window < WindowsABlock; window++)
        {
            await Task.Delay(Window);
            p50s.Add(await live.GeometricMeanP50Async());
        }
        return await live.MemoryBytesAsync();
    }

    private static async Task UntilWatchedByAsync(LiveServer live, int watchers)
    {
        for (var attempt = 0; await live.WatchersAsync() != watchers; attempt++)
        {
            if (attempt > 600)
            {
                throw new TimeoutException($"After two minutes {await live.WatchersAsync()} watch instead of {watchers}.");
            }
            await Task.Delay(200);
        }
    }
}
