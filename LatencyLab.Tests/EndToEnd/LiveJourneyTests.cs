using System.Globalization;
using System.Text.RegularExpressions;
using LatencyLab.Tests.Requirements;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LatencyLab.Tests.EndToEnd;

public class LiveJourneyTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    [BrowserFact]
    public async Task ARun_FromStartToReplay_IsSteeredByKeysAndSeen()
    {
        var (page, errors) = await app.OpenAsync("/live");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Latency, live" })).ToBeVisibleAsync();
        Assert.Empty(await Axe.SeriousViolationsAsync(page));

        await Expect(page.GetByText("for the keys")).ToBeVisibleAsync();
        await page.GetByLabel("Requests a second").FillAsync("5");
        await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).ClickAsync();
        await page.Keyboard.PressAsync(" ");
        await Expect(page.Locator(".tile").First).ToContainTextAsync(new Regex(@"\d\s?ms"));
        await MovesAsync(page);
        Assert.Empty(await Axe.SeriousViolationsAsync(page));

        await page.Keyboard.PressAsync("r");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Stop recording" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("p");
        await Expect(page.GetByRole(AriaRole.Banner)).ToBeHiddenAsync();
        await Expect(page).ToHaveURLAsync(new Regex("present=1$"));
        await Expect(page.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        Assert.Empty(await Axe.SeriousViolationsAsync(page));
        await MovesAsync(page);
        await page.Keyboard.PressAsync(" ");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("paused");
        await page.Keyboard.PressAsync("p");
        await Expect(page.GetByRole(AriaRole.Banner)).ToBeVisibleAsync();

        await page.Keyboard.PressAsync("r");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Save recording" }).ClickAsync());
        var file = await download.PathAsync();
        await page.Keyboard.PressAsync("s");
        await Expect(page.Locator(".state")).ToHaveTextAsync("Stopped");

        await page.GetByLabel("A recording of the Live page").SetInputFilesAsync(file);
        var replay = page.GetByRole(AriaRole.Region, new() { Name = "Replay", Exact = true });
        await Expect(replay).ToContainTextAsync("No load runs here");
        await Expect(page.Locator(".tile").First).ToContainTextAsync(new Regex(@"\d\s?ms"));
        Assert.Empty(await Axe.SeriousViolationsAsync(page));
        await replay.GetByRole(AriaRole.Button, new() { Name = "Close replay" }).ClickAsync();
        await Expect(replay).ToHaveCountAsync(0);
        Assert.Empty(errors);
    }

    [BrowserFact]
    public async Task ThePage_OnAPhoneInBothThemes_ShowsEveryLinkAndNeverScrollsSideways()
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            var (page, _) = await app.OpenAsync("/live", width: 390, height: 844, scheme: scheme);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), "It scrolls sideways");
            foreach (var link in await page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link).AllAsync())
            {
                var box = (await link.BoundingBoxAsync())!;
                Assert.True(box.X >= 0 && box.X + box.Width <= 390, $"{await link.TextContentAsync()} is cut off");
            }
            Assert.Empty(await Axe.SeriousViolationsAsync(page));
        }
    }

    /// <summary>Waits until the charts have had some more frames.</summary>
    private static async Task MovesAsync(IPage page)
    {
        var charts = page.Locator(".live-charts");
        await Expect(charts).ToHaveAttributeAsync("data-received", new Regex(@"^\d+$"));
        var before = int.Parse((await charts.GetAttributeAsync("data-received"))!, CultureInfo.InvariantCulture);
        await page.WaitForFunctionAsync("before => Number(document.querySelector('.live-charts').dataset.received) >= before + 5", before);
    }
}
