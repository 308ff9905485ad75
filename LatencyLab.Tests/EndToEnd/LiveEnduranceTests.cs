using System.Diagnostics;
using System.Globalization;
using LatencyLab.Tests.Requirements;
using Microsoft.Playwright;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace LatencyLab.Tests.EndToEnd;

/// <summary>
/// The Live page left running, alone in the process: memory of other tests would count as its own. Three minutes, or as many as
/// <c>LATENCYLAB_ENDURANCE_MINUTES</c> says.
/// </summary>
[Collection(AloneInTheProcess.Name)]
public class LiveEnduranceTests(BrowserApp app, ITestOutputHelper output) : IClassFixture<BrowserApp>
{
    private const double MostGrowthIn30Minutes = 20e6;
    private const double MostServerGrowth = 20e6;
    private const double MostResidentGrowth = 40e6;

    /// <summary>Five a second are promised at most; a busy machine may draw fewer, and a chart that stands still draws none.</summary>
    private const double FewestFrames = 2;
    private const double MostFrames = 5.5;
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    private static readonly double Minutes = double.TryParse(
        Environment.GetEnvironmentVariable("LATENCYLAB_ENDURANCE_MINUTES"), CultureInfo.InvariantCulture, out var minutes) ? minutes : 3;

    private static int Samples => (int)((TimeSpan.FromMinutes(Minutes) - Settled) / Interval) + 1;

    [BrowserFact]
    public async Task ThePage_LeftRunning_GrowsNeitherInTheBrowserNorOnTheServer()
    {
        var (page, errors) = await app.OpenAsync("/live");
        var cdp = await page.Context.NewCDPSessionAsync(page);
        await page.EvaluateAsync("""
            () => {
              window.lost = 0;
              const overlay = document.getElementById('components-reconnect-modal');
              new MutationObserver(() => { window.lost += /components-reconnect-(show|failed|rejected)/.test(overlay.className); }).observe(overlay, { attributes: true });
            }
            """);
        await Expect(page.GetByText("for the keys")).ToBeVisibleAsync();
        await page.GetByLabel("Requests a second").FillAsync("10");
        await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).ClickAsync();
        await page.Keyboard.PressAsync(" ");
        await Expect(page.Locator(".tile").First).ToContainTextAsync("ms");
        await Task.Delay(Settled);

        var heap = new List<double>();
        var received = new List<int>();
        var server = new List<long>();
        var resident = new List<long>();
        var watch = Stopwatch.StartNew();
        var seconds = new List<double>();
        for (var sample = 0; sample < Samples; sample++)
        {
            heap.Add(await LiveHeapAsync(cdp));
            received.Add(await page.EvaluateAsync<int>("() => Number(document.querySelector('.live-charts').dataset.received)"));
            seconds.Add(watch.Elapsed.TotalSeconds);
            server.Add(GC.GetTotalMemory(forceFullCollection: true));
            resident.Add(Environment.WorkingSet);
            await Task.Delay(Interval);
        }

        var growth = SlopePerSample(heap) / Interval.TotalSeconds * TimeSpan.FromMinutes(30).TotalSeconds;
        var figures = FormattableString.Invariant($"the browser's heap grows by {growth / 1e6:0.0} MB in 30 minutes: {Megabytes(heap)}; the server's: {Megabytes(server.Select(bytes => (double)bytes))}, resident {Megabytes(resident.Select(bytes => (double)bytes))}; frames {string.Join(", ", received)}");
        output.WriteLine(figures);
        Assert.True(growth < MostGrowthIn30Minutes, figures);
        Assert.True(server[^1] - server[0] < MostServerGrowth, figures);
        Assert.True(resident[^1] - resident[0] < MostResidentGrowth, figures);
        for (var sample = 1; sample < Samples; sample++)
        {
            var frames = (received[sample] - received[sample - 1]) / (seconds[sample] - seconds[sample - 1]);
            Assert.True(frames is >= FewestFrames and <= MostFrames, FormattableString.Invariant($"{frames:0.0} frames a second; {figures}"));
        }
        Assert.Equal(0, await page.EvaluateAsync<int>("() => window.lost"));
        Assert.Empty(errors);
    }

    /// <summary>What outlives the garbage collection: the least of some readings, since a frame under way holds up to two megabytes of its own.</summary>
    private static async Task<double> LiveHeapAsync(ICDPSession cdp)
    {
        var least = double.PositiveInfinity;
        for (var reading = 0; reading < 6; reading++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(70));
            await cdp.SendAsync("HeapProfiler.collectGarbage");
            least = Math.Min(least, (await cdp.SendAsync("Runtime.getHeapUsage"))!.Value.GetProperty("usedSize").GetDouble());
        }
        return least;
    }

    private static string Megabytes(IEnumerable<double> bytes) => string.Join(", ", bytes.Select(size => FormattableString.Invariant($"{size / 1e6:0.00}"))) + " MB";

    /// <summary>Slope of the least-squares line.</summary>
    private static double SlopePerSample(List<double> values)
    {
        var (meanX, meanY) = ((values.Count - 1) / 2.0, values.Average());
        return values.Select((value, x) => (x - meanX) * (value - meanY)).Sum() / values.Select((_, x) => (x - meanX) * (x - meanX)).Sum();
    }
}
