using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using LatencyLab.Tests.Api;
using LatencyLab.Tests.Requirements;
using LatencyLab.Tests.Sessions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LatencyLab.Tests.EndToEnd;

public class HistoryJourneyTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    [BrowserFact]
    public async Task Runs_AreListedFilteredOpenedComparedExportedDeletedAndImported()
    {
        using var client = new HttpClient { BaseAddress = app.Address };
        await CompareAsync(client);
        await LoadAsync(client, "loop=closed&clients=1&duration=1");
        await LoadAsync(client, "rate=50&duration=1");
        var (page, errors) = await app.OpenAsync("/history");
        var rows = page.GetByRole(AriaRole.Region, new() { Name = "Runs", Exact = true }).Last.GetByRole(AriaRole.Row);
        await Expect(rows).ToHaveCountAsync(1 + 3);
        Assert.Empty(await Axe.SeriousViolationsAsync(page));

        await page.GetByLabel("Kind").SelectOptionAsync("load");
        await Expect(rows).ToHaveCountAsync(1 + 2);
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Load on int8, poisson") }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Latency by percentile" })).ToBeVisibleAsync();
        await Expect(page.Locator(".latencies .apexcharts-line-series path").First).ToBeAttachedAsync();
        await Expect(page.Locator(".latencies .legend li")).ToHaveCountAsync(1 + 2);
        await page.GetByRole(AriaRole.Checkbox, new() { NameRegex = new Regex("naive latency") }).UncheckAsync();
        await Expect(page.Locator(".latencies .legend li")).ToHaveCountAsync(1 + 1);
        Assert.Empty(await Axe.SeriousViolationsAsync(page));
        await page.Locator(".latencies").GetByRole(AriaRole.Radio, new() { Name = "Table" }).CheckAsync();
        await page.Locator(".timeline").GetByRole(AriaRole.Radio, new() { Name = "Table" }).CheckAsync();
        await Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = "50 %" })).ToBeVisibleAsync();
        Assert.Empty(await Axe.SeriousViolationsAsync(page));

        await page.GetByRole(AriaRole.Link, new() { Name = "All runs" }).ClickAsync();
        foreach (var name in new[] { "^Choose Load on int8, poisson", "^Choose Load on int8, 1 client" })
        {
            await page.GetByRole(AriaRole.Checkbox, new() { NameRegex = new Regex(name) }).CheckAsync();
        }
        await page.GetByRole(AriaRole.Link, new() { Name = "Compare the two chosen" }).ClickAsync();
        await Expect(page.GetByText("The loads differ")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-evidence]").First).ToContainTextAsync("No evidence");
        Assert.Empty(await Axe.SeriousViolationsAsync(page));

        await page.GetByRole(AriaRole.Link, new() { Name = "All runs" }).ClickAsync();
        await page.GetByLabel("Kind").SelectOptionAsync("comparison");
        await Expect(rows).ToHaveCountAsync(1 + 1);
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Export as JSON" }).ClickAsync());
        var export = await File.ReadAllBytesAsync(await download.PathAsync());
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Delete") }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep" }).ClickAsync();
        await Expect(rows).ToHaveCountAsync(1 + 1);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Delete") }).ClickAsync();
        Assert.Empty(await Axe.SeriousViolationsAsync(page));
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete for good" }).ClickAsync();
        await Expect(page.GetByText("No run passes this filter")).ToBeVisibleAsync();

        await page.GetByLabel("A JSON file").SetInputFilesAsync(new FilePayload { Name = "history.json", MimeType = "application/json", Buffer = export });
        await Expect(page.GetByText("run imported")).ToContainTextAsync("1");
        await Expect(rows).ToHaveCountAsync(1 + 1);
        Assert.Empty(errors);
    }

    private static async Task CompareAsync(HttpClient client)
    {
        using var form = WebApp.Form(SamplePicture.Read("cat.jpg"));
        var answer = await client.PostAsync("/api/compare?rounds=8&warmup=0&save=wait", form);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task LoadAsync(HttpClient client, string query)
    {
        var started = await client.PostAsync($"/api/load?variant=int8&warmup=0&{query}", null);
        for (var attempt = 0; attempt < 600; attempt++)
        {
            var status = await client.GetFromJsonAsync<JsonElement>(started.Headers.Location);
            if (status.GetProperty("state").GetString() == "done")
            {
                return;
            }
            await Task.Delay(100);
        }
        Assert.Fail("The load run did not end.");
    }
}
