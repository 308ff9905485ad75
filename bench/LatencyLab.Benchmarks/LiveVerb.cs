using System.Globalization;
using LatencyLab.Inference.Measurement;

namespace LatencyLab.Benchmarks;

/// <summary>What watching costs: memory of the server for each watcher, and how much the measured variants slow down.</summary>
internal static class LiveVerb
{
    public const string Summary =
        "URL [watchers] [circuits] [blocks]: a running LatencyLab with nobody and with so many watching the live run; memory each, slow-down of its variants";

    private const double AllowedMegabytesEach = 5;
    private const double AllowedSlowdown = 1.03;

    /// <summary>Longer than the window of a server that was started with <c>LatencyLab__Live__WindowSeconds=10</c>.</summary>
    private static readonly TimeSpan Block = TimeSpan.FromSeconds(15);

    public static int Run(string[] arguments)
    {
        if (arguments.Length == 0)
        {
            Console.Error.WriteLine($"live {Summary}");
            return 2;
        }
        return RunAsync(new Uri(arguments[0]), Setup.Number(arguments, 1, 100), Setup.Number(arguments, 2, 100), Setup.Number(arguments, 3, 8)).GetAwaiter().GetResult();
    }

    private static async Task<int> RunAsync(Uri server, int watchers, int circuits, int blocks)
    {
        using var live = new LiveServer(server);
        await live.StartAsync();
        await Task.Delay(Block);
        var slowdown = await SlowdownAsync(live, watchers, blocks);
        Console.WriteLine(FormattableString.Invariant(
            $"p50 of all variants with {watchers} event streams watching against none: {slowdown.Value:0.000} [{slowdown.Ci95[0]:0.000}, {slowdown.Ci95[1]:0.000}] (at most {AllowedSlowdown} wanted)"));
        var each = await CircuitMegabytesAsync(live, server, circuits);
        await live.StopAsync();
        return slowdown.Ci95[0] <= AllowedSlowdown && (each is null || each <= AllowedMegabytesEach) ? 0 : 1;
    }

    /// <summary>Blocks with and without watchers in turn, so that what the machine does meanwhile meets both.</summary>
    private static async Task<Speedup> SlowdownAsync(LiveServer live, int watchers, int blocks)
    {
        var (alone, watched) = (new List<double>(), new List<double>());
        for (var block = 0; block < blocks; block++)
        {
            await Task.Delay(Block);
            alone.Add(await live.GeometricMeanP50Async());
            using var streams = live.Watch(watchers);
            await Task.Delay(Block);
            watched.Add(await live.GeometricMeanP50Async());
            Console.WriteLine(FormattableString.Invariant($"block {block + 1}: {alone[^1]:0.00} ms alone, {watched[^1]:0.00} ms with {await live.WatchersAsync()} watching"));
        }
        return BootstrapRatio.Paired([.. watched], [.. alone]);
    }

    /// <summary>Real circuits: tabs of a browser without a window. Null where there is none.</summary>
    private static async Task<double?> CircuitMegabytesAsync(LiveServer live, Uri server, int circuits)
    {
        using var browser = TabbedBrowser.TryStart();
        if (browser is null)
        {
            Console.WriteLine("no browser at CHROMIUM or /usr/bin/chromium: circuits are not measured");
            return null;
        }
        // The first pays for what all share.
        await browser.OpenAsync(new Uri(server, "/live"), 1);
        await Task.Delay(Block);
        var (before, had) = (await live.MemoryBytesAsync(), await live.WatchersAsync());
        await browser.OpenAsync(new Uri(server, "/live"), circuits);
        await Task.Delay(Block + Block);
        var (after, has) = (await live.MemoryBytesAsync(), await live.WatchersAsync());
        var each = (after - before) / 1e6 / Math.Max(1, has - had);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{has - had} circuits watching: {each:0.00} MB of resident memory each (at most {AllowedMegabytesEach:0} wanted)"));
        return has > had ? each : null;
    }
}
