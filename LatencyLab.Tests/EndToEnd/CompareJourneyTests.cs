using System.Text.RegularExpressions;
using LatencyLab.Tests.Requirements;
using LatencyLab.Tests.Sessions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LatencyLab.Tests.EndToEnd;

public partial class CompareJourneyTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    [BrowserFact]
    public async Task ASample_Chosen_IsAnsweredByThreeVariantsWithChartTableAndPermalink()
    {
        var (page, errors) = await app.OpenAsync();

        await ChooseSampleAsync(page);
        await ExpectResultAsync(page);

        var control = Card(page, "Control");
        await Expect(control.GetByText("Baseline")).ToBeVisibleAsync();
        await Expect(Card(page, "INT8").GetByText("faster")).ToBeVisibleAsync();
        Assert.True(await page.Locator(".apexcharts-bar-area").CountAsync() >= 6, "The chart has bars for the stages of three variants.");

        await page.GetByRole(AriaRole.Radio, new() { Name = "Table" }).CheckAsync();
        var table = page.GetByRole(AriaRole.Table).First;
        await Expect(table).ToBeVisibleAsync();
        await Expect(table).ToContainTextAsync(new Regex("inference", RegexOptions.IgnoreCase));

        await Expect(page).ToHaveURLAsync(Permalink());
        var verdict = await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).First.InnerTextAsync();
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 }).First).ToHaveTextAsync(verdict);
        Assert.Empty(errors);
    }

    [BrowserFact]
    public async Task AFile_Dropped_IsUploadedComparedAndTimedToThePaintedPixel()
    {
        var (page, errors) = await app.OpenAsync();

        await DropAsync(page, SamplePicture.Read("truck.jpg"), "lorry <b>.jpg");
        await ExpectResultAsync(page);

        await Expect(page.GetByLabel("Picture").GetByText("lorry <b>.jpg")).ToBeVisibleAsync();
        await Expect(page.GetByText("From click to painted pixel")).ToBeVisibleAsync();
        await Expect(page.GetByText("Include upload and render")).ToBeVisibleAsync();
        Assert.Empty(errors);
    }

    [BrowserFact]
    public async Task ABadFile_IsRefusedWithAReason_AndThePageGoesOn()
    {
        var (page, errors) = await app.OpenAsync();

        await DropAsync(page, "I am a text."u8.ToArray(), "photo.jpg");
        await Expect(page.GetByRole(AriaRole.Alert).GetByText("JPEG, PNG, WebP and GIF are accepted")).ToBeVisibleAsync();

        await ChooseSampleAsync(page);
        await ExpectResultAsync(page);
        Assert.Empty(errors);
    }

    [BrowserFact]
    public async Task DarkMode_Chosen_DarkensThePageAndLasts()
    {
        var (page, errors) = await app.OpenAsync();
        var light = await BackgroundAsync(page);

        await page.GetByRole(AriaRole.Button, new() { Name = "Dark" }).ClickAsync();
        await ExpectBackgroundOtherThanAsync(page, light);
        var dark = await BackgroundAsync(page);
        await page.ReloadAsync();
        Assert.Equal(dark, await BackgroundAsync(page));
        Assert.Empty(errors);
    }

    [BrowserFact]
    public async Task ARace_ByKeyboardAlone_ShowsWhatContentionCosts()
    {
        var (page, errors) = await app.OpenAsync("/?mode=race&rounds=10");

        var sample = page.GetByRole(AriaRole.Group, new() { Name = "Sample pictures" }).GetByRole(AriaRole.Button).First;
        await sample.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await ExpectResultAsync(page);

        await Expect(Card(page, "Control").GetByText("In the race")).ToBeVisibleAsync();
        Assert.Empty(errors);
    }

    [BrowserFact]
    public async Task Downloads_OfAResult_AreJsonCsvAndPng()
    {
        var (page, _) = await app.OpenAsync();
        await ChooseSampleAsync(page);
        await ExpectResultAsync(page);
        var export = page.GetByRole(AriaRole.Group, new() { Name = "Share and export" });

        foreach (var (role, name) in new[] { (AriaRole.Link, "JSON"), (AriaRole.Link, "CSV"), (AriaRole.Button, "PNG") })
        {
            var download = await page.RunAndWaitForDownloadAsync(() => export.GetByRole(role, new() { Name = name }).ClickAsync());
            Assert.EndsWith("." + name.ToLowerInvariant(), download.SuggestedFilename, StringComparison.Ordinal);
            Assert.True(new FileInfo(await download.PathAsync()).Length > 500);
        }
    }

    [BrowserFact]
    public async Task APermalink_ThatExpired_SaysSo()
    {
        var (page, _) = await app.OpenAsync("/comparisons/0123456789abcdef01234567");

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("no longer kept");
    }

    [BrowserFact]
    public async Task ThePage_OnAPhone_NeverScrollsSideways()
    {
        var (page, _) = await app.OpenAsync(width: 390, height: 844);
        await ChooseSampleAsync(page);
        await ExpectResultAsync(page);

        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"));
    }

    [BrowserFact]
    public async Task ThePage_InBothThemesWithAndWithoutResult_HasNoSeriousAccessibilityViolation()
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            var (page, _) = await app.OpenAsync(scheme: scheme);
            await Expect(page.GetByRole(AriaRole.Group, new() { Name = "Sample pictures" })).ToBeVisibleAsync();
            Assert.Empty(await Axe.SeriousViolationsAsync(page));
            await ChooseSampleAsync(page);
            await ExpectResultAsync(page);
            Assert.Empty(await Axe.SeriousViolationsAsync(page));
        }
    }

    private static Task ChooseSampleAsync(IPage page) =>
        page.GetByRole(AriaRole.Group, new() { Name = "Sample pictures" }).GetByRole(AriaRole.Button).First.ClickAsync();

    private static async Task ExpectResultAsync(IPage page)
    {
        await Expect(page).ToHaveURLAsync(Permalink());
        foreach (var variant in new[] { "Control", "Engine", "INT8" })
        {
            await Expect(Card(page, variant).GetByText("median", new() { Exact = false }).First).ToBeVisibleAsync();
        }
    }

    private static ILocator Card(IPage page, string title) => page.GetByRole(AriaRole.Article, new() { Name = title, Exact = true });

    private static async Task DropAsync(IPage page, byte[] file, string name)
    {
        var zone = page.Locator("label.zone");
        await Expect(zone).ToBeVisibleAsync();
        var transfer = await page.EvaluateHandleAsync(
            """
            ([bytes, name]) => {
                const transfer = new DataTransfer();
                transfer.items.add(new File([Uint8Array.from(atob(bytes), c => c.charCodeAt(0))], name, { type: 'image/jpeg' }));
                return transfer;
            }
            """,
            new[] { Convert.ToBase64String(file), name });
        await zone.DispatchEventAsync("dragover", new { dataTransfer = transfer });
        await zone.DispatchEventAsync("drop", new { dataTransfer = transfer });
    }

    /// <summary>Even the shortest transition shows the old colour for a frame.</summary>
    private static async Task ExpectBackgroundOtherThanAsync(IPage page, string colour) =>
        await page.WaitForFunctionAsync("old => getComputedStyle(document.body).backgroundColor !== old", colour);

    private static Task<string> BackgroundAsync(IPage page) => page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");

    [GeneratedRegex("/comparisons/[0-9a-f]{24}")]
    private static partial Regex Permalink();
}
