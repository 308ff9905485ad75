using System.Text.RegularExpressions;
using LatencyLab.Inference.Models;
using LatencyLab.Tests.Models;
using LatencyLab.Inference.Jobs;
using LatencyLab.Tests.Requirements;
using LatencyLab.Tests.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LatencyLab.Tests.EndToEnd;

public class ModelsJourneyTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    /// <summary>A measurement waits for the job before it and for a quiet moment at the gate; nothing is asserted about time here.</summary>
    private const float MeasuringTimeoutMs = 180_000;

    private const string ModelAddress = "/models/cifar10_resnet9";

    [BrowserFact]
    public async Task TheZoo_MeasuredWithFewRounds_ShowsItsFrontierAsChartAndTable()
    {
        var (page, errors) = await app.OpenAsync();
        await page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = "Models" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = "Models" })).ToHaveAttributeAsync("aria-current", "page");
        var zoo = page.GetByRole(AriaRole.Region, new() { Name = "All models" }).First;
        await Expect(zoo.GetByRole(AriaRole.Rowheader, new() { Name = "CIFAR-10 ResNet-9 cifar10_resnet9", Exact = true })).ToBeVisibleAsync();
        Assert.Empty(await Axe.SeriousViolationsAsync(page));

        await page.GetByLabel("Rounds").FillAsync("3");
        await page.GetByLabel("Rounds").BlurAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Measure" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("cannot be beaten", new() { Timeout = MeasuringTimeoutMs });
        await Expect(page.Locator(".frontier").GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        await Expect(page.Locator(".apexcharts-marker").First).ToBeAttachedAsync();
        Assert.Empty(await Axe.SeriousViolationsAsync(page));
        await page.GetByRole(AriaRole.Radio, new() { Name = "Table" }).CheckAsync();
        // What other journeys quantized meanwhile has rows of its own.
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Measured configurations" }).GetByRole(AriaRole.Rowheader, new() { NameRegex = new Regex(", (control|engine|int8)( on the frontier)?$") }))
            .ToHaveCountAsync(3 * new ModelCatalogue([EmbeddedZoo.Folder]).Models.Count);
        await Expect(zoo).ToContainTextAsync("ms");
        Assert.Empty(await Axe.SeriousViolationsAsync(page));
        Assert.Empty(errors);
    }

    [BrowserFact]
    public async Task Layers_OfTwoVariants_AreShownAsBarsTableAndDifference()
    {
        var (page, errors) = await app.OpenAsync(ModelAddress);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Operators", Exact = true })).ToBeVisibleAsync();
        Assert.Empty(await Axe.SeriousViolationsAsync(page));

        await page.GetByLabel("Against").SelectOptionAsync("control");
        await page.GetByRole(AriaRole.Button, new() { Name = "Measure layers" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "INT8 against Control" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Layers, the longest first" }).GetByRole(AriaRole.Listitem)).ToHaveCountAsync(12);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Show all \\d+ layers") }).ClickAsync();
        await Expect(page.GetByText("Of the hardware limit")).ToBeVisibleAsync();
        Assert.Empty(await Axe.SeriousViolationsAsync(page));
        await page.GetByRole(AriaRole.Radio, new() { Name = "Table" }).CheckAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Layers" }).First).ToContainTextAsync("QLinearConv");
        Assert.Empty(await Axe.SeriousViolationsAsync(page));
        Assert.Empty(errors);
    }

    [BrowserFact]
    public async Task Quantizing_FromThePage_MakesAVariantThatCanBeCompared()
    {
        var (page, errors) = await app.OpenAsync(ModelAddress);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Operators", Exact = true })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Quantize" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("There are no calibration pictures");
        await ChooseAsync(page, ("note.jpg", "I am a text."u8.ToArray()));
        await page.GetByRole(AriaRole.Button, new() { Name = "Quantize" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("note.jpg");
        Assert.Empty(await Axe.SeriousViolationsAsync(page));

        await ChooseAsync(page, [.. new[] { "cat.jpg", "ship.jpg", "truck.jpg" }.Select(name => (name, SamplePicture.Read(name)))]);
        await page.Locator("#quantize-method").SelectOptionAsync("percentile");
        await page.Locator("#quantize-percentile").FillAsync("99.9");
        await page.Locator("form.quantize").GetByText("More options").ClickAsync();
        await page.Locator("form.quantize").GetByText("Equalize").ClickAsync();
        Assert.Empty(await Axe.SeriousViolationsAsync(page));
        await page.GetByRole(AriaRole.Button, new() { Name = "Quantize" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Article).First).ToContainTextAsync("Same answer as FP32");
        await Expect(page.Locator("[data-variant=int8-percentile-99-9-equalized]")).ToContainTextAsync("Ready");
        Assert.Empty(await Axe.SeriousViolationsAsync(page));

        await page.GetByRole(AriaRole.Link, new() { Name = "Compare them on a picture" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Checkbox, new() { NameRegex = new Regex("INT8 percentile:99.9, equalized") })).ToBeCheckedAsync();
        Assert.Empty(errors);
    }

    [BrowserFact]
    public async Task ASecondJob_Cancelled_SaysThatNothingWasKept()
    {
        var (page, errors) = await app.OpenAsync(ModelAddress);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Operators", Exact = true })).ToBeVisibleAsync();
        var jobs = page.GetByRole(AriaRole.Article).Filter(new() { HasText = "mse" });

        // Neither of the two may end before the second is cancelled, however slow the browser is.
        var cancelled = new TaskCompletionSource();
        app.Services.GetRequiredService<JobRunner>().Start("test", "Earlier work", modelId: null, async (_, cancellationToken) =>
        {
            await cancelled.Task.WaitAsync(cancellationToken);
            return null;
        });

        await page.Locator("#quantize-method").SelectOptionAsync("mse");
        for (var job = 1; job <= 2; job++)
        {
            await ChooseAsync(page, [.. Enumerable.Range(0, 24).Select(index => ($"{index}.jpg", SamplePicture.Read("cat.jpg")))]);
            await page.GetByRole(AriaRole.Button, new() { Name = "Quantize" }).ClickAsync();
            await Expect(jobs).ToHaveCountAsync(job);
        }
        Assert.Empty(await Axe.SeriousViolationsAsync(page));
        await jobs.First.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Cancel") }).ClickAsync();
        await Expect(jobs.First).ToContainTextAsync("nothing was kept");
        cancelled.SetResult();

        await Expect(page.Locator("[data-variant=int8-mse]")).ToContainTextAsync("Ready");
        await Expect(page.Locator("[data-variant=int8-mse-2]")).ToHaveCountAsync(0);
        Assert.Empty(errors);
    }

    [BrowserFact]
    public async Task ThePages_OnAPhoneInBothThemes_NeverScrollSidewaysAndHaveNoSeriousViolation()
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            foreach (var (address, landmark) in new[] { ("/models", "All models"), (ModelAddress, "Operators"), ("/models/nope", "There is no model") })
            {
                var (page, _) = await app.OpenAsync(address, width: 390, height: 844, scheme: scheme);
                await Expect(page.GetByRole(AriaRole.Heading, new() { NameRegex = new Regex(landmark) })).ToBeVisibleAsync();
                Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), $"{address} scrolls sideways");
                Assert.Empty(await Axe.SeriousViolationsAsync(page));
            }
        }
    }

    [BrowserFact]
    public async Task TheTheme_AfterALinkWasFollowed_Stays()
    {
        var (page, errors) = await app.OpenAsync("/models", scheme: ColorScheme.Dark);
        var theme = page.Locator("html");
        await page.GetByRole(AriaRole.Rowheader).GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Operators", Exact = true })).ToBeVisibleAsync();
        await Expect(theme).ToHaveAttributeAsync("data-theme", "dark");

        await page.Locator("[data-theme-option=light]").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "All models" }).First.ClickAsync();

        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "All models" }).First).ToBeVisibleAsync();
        await Expect(theme).ToHaveAttributeAsync("data-theme", "light");
        await Expect(page.Locator("[data-theme-option=light]")).ToHaveAttributeAsync("aria-pressed", "true");
        Assert.Empty(errors);
    }

    private static Task ChooseAsync(IPage page, params (string Name, byte[] Content)[] files) => page.GetByLabel("Calibration pictures").SetInputFilesAsync(
        [.. files.Select(file => new FilePayload { Name = file.Name, MimeType = "image/jpeg", Buffer = file.Content })]);
}
