using System.Text.RegularExpressions;
using LatencyLab.Tests.Requirements;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LatencyLab.Tests.EndToEnd;

public class ProfileJourneyTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    /// <summary>A sweep waits for the job before it and for a quiet moment at the gate; nothing is asserted about time here.</summary>
    private const float MeasuringTimeoutMs = 180_000;

    [BrowserFact]
    public async Task ASmallSweep_FromTheFormToItsMapsCurvesAndExport()
    {
        var (page, errors) = await OpenAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What the machine does" })).ToBeVisibleAsync();
        await Expect(page.Locator("[data-metric] [data-now]").First).Not.ToHaveTextAsync("–");
        Assert.Empty(await Axe.SeriousViolationsAsync(page));

        await page.GetByLabel("Batch sizes").FillAsync("1, 2, four");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start the profile" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("whole numbers");
        await page.GetByLabel("Batch sizes").FillAsync("1, 2, 4");
        await page.GetByLabel("Runs of a cell").FillAsync("2");
        await page.GetByLabel("Repetitions").FillAsync("1");
        await page.GetByRole(AriaRole.Checkbox, new() { NameRegex = new Regex("^Control") }).UncheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Start the profile" }).ClickAsync();

        await Expect(page).ToHaveURLAsync(new Regex("/profile/[0-9a-f]{32}$"));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("answers the most", new() { Timeout = MeasuringTimeoutMs });
        var latency = page.GetByRole(AriaRole.Region, new() { Name = "Latency, median" });
        await Expect(latency.GetByRole(AriaRole.Row)).ToHaveCountAsync(3);
        await Expect(page.Locator(".apexcharts-marker").First).ToBeAttachedAsync();
        await Expect(page.GetByText("Too few runs")).ToBeVisibleAsync();
        Assert.Empty(await Axe.SeriousViolationsAsync(page));

        await page.GetByRole(AriaRole.Radio, new() { Name = "Cold start", Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "Table" }).CheckAsync();
        await Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = "Cold start" })).ToBeVisibleAsync();
        await page.GetByText("All figures as a table").ClickAsync();
        Assert.Empty(await Axe.SeriousViolationsAsync(page));
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Export as CSV" }).ClickAsync());
        Assert.Contains("batch 4", await File.ReadAllTextAsync(await download.PathAsync()), StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Link, new() { Name = "All profiles" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Profile of cifar10_resnet9" })).ToHaveCountAsync(1);
        Assert.Empty(errors);
    }

    [BrowserFact]
    public async Task ASweep_Cancelled_IsKeptAndGoesOnAfterAReload()
    {
        var (page, errors) = await OpenAsync();
        await page.GetByLabel("Runs of a cell").FillAsync("2000");
        await page.GetByLabel("Repetitions").FillAsync("20");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start the profile" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Progressbar)).ToBeVisibleAsync(new() { Timeout = MeasuringTimeoutMs });
        Assert.Empty(await Axe.SeriousViolationsAsync(page));

        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Cancel") }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Interrupted" })).ToBeVisibleAsync();
        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on with it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Progressbar)).ToBeVisibleAsync(new() { Timeout = MeasuringTimeoutMs });
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Cancel") }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Discard it" }).ClickAsync();

        await Expect(page).ToHaveURLAsync(new Regex("/profile$"));
        await Expect(page.GetByText("interrupted")).ToHaveCountAsync(0);
        Assert.Empty(errors);
    }

    [BrowserFact]
    public async Task ThePage_OnAPhoneInBothThemes_NeverScrollsSidewaysAndHasNoSeriousViolation()
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            var (page, _) = await app.OpenAsync("/profile", width: 390, height: 844, scheme: scheme);
            await Expect(page.Locator("[data-metric] [data-now]").First).Not.ToHaveTextAsync("–");
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), "/profile scrolls sideways");
            Assert.Empty(await Axe.SeriousViolationsAsync(page));
        }
    }

    private async Task<(IPage Page, List<string> Errors)> OpenAsync()
    {
        var opened = await app.OpenAsync("/profile");
        await Expect(opened.Page.GetByRole(AriaRole.Heading, new() { Name = "What to measure" })).ToBeVisibleAsync();
        return opened;
    }
}
