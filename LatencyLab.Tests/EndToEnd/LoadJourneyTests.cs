using System.Text.RegularExpressions;
using LatencyLab.Tests.Requirements;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LatencyLab.Tests.EndToEnd;

public class LoadJourneyTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    /// <summary>A load run waits for the job before it and for the variant to be ready; nothing is asserted about time here.</summary>
    private const float MeasuringTimeoutMs = 120_000;

    [BrowserFact]
    public async Task AnOpenLoop_FromTheFormToItsCurves()
    {
        var (page, errors) = await app.OpenAsync("/load");
        Assert.Empty(await Axe.SeriousViolationsAsync(page));

        await page.GetByLabel("Requests a second").FillAsync("0");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start the load" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("must be above 0");
        await page.GetByLabel("Requests a second").FillAsync("20");
        await page.GetByLabel("Measure, seconds").FillAsync("3");
        await page.GetByLabel("Warm-up, seconds").FillAsync("0");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start the load" }).ClickAsync();

        var job = page.Locator(".job").First;
        await Expect(job).ToHaveAttributeAsync("data-state", "done", new() { Timeout = MeasuringTimeoutMs });
        await Expect(job).ToContainTextAsync("too few answers");
        await Expect(page.Locator(".stored li").First).ToContainTextAsync("poisson");
        Assert.Empty(await Axe.SeriousViolationsAsync(page));

        await job.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Open the run") }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Latency by percentile" })).ToBeVisibleAsync();
        Assert.Empty(errors);
    }
}
