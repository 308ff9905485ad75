using Google.Protobuf;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Tests.Models.Import;
using LatencyLab.Tests.Requirements;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LatencyLab.Tests.EndToEnd;

public class ImportJourneyTests(ImportingBrowserApp app) : IClassFixture<ImportingBrowserApp>
{
    [BrowserFact]
    public async Task AModel_ImportedWithOptions_ShowsItsNotesAndIsRemovedAgain()
    {
        var (page, errors) = await app.OpenAsync("/models");
        var form = page.GetByRole(AriaRole.Region, new() { Name = "Bring your own model" });
        await ChooseAsync(page, Graphs.Classifier());
        await form.GetByText("Options", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("Title").FillAsync("My birds");
        await page.GetByLabel("Resize").SelectOptionAsync("stretch");
        await page.GetByLabel("Licence").FillAsync("MIT");
        Assert.Empty(await Axe.SeriousViolationsAsync(page));
        await form.GetByRole(AriaRole.Button, new() { Name = "Import" }).ClickAsync();

        await Expect(form.GetByRole(AriaRole.Status)).ToContainTextAsync("birds is imported.");
        await Expect(form.GetByRole(AriaRole.List, new() { Name = "Notes" })).ToContainTextAsync("Mean and standard deviation were assumed to be ImageNet's.");
        await Expect(form.GetByRole(AriaRole.List, new() { Name = "Notes" })).Not.ToContainTextAsync("short side");
        await Expect(page.GetByLabel("Title")).ToHaveValueAsync("");
        await Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = "My birds" })).ToBeVisibleAsync();
        Assert.Empty(await Axe.SeriousViolationsAsync(page));

        await form.GetByRole(AriaRole.Link, new() { Name = "Open it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("My birds");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Operators", Exact = true })).ToBeVisibleAsync();
        await Expect(page.Locator(".facts")).ToContainTextAsync("stretched");
        await RemoveAsync(page);

        await Expect(page).ToHaveURLAsync(new Uri(app.Address, "/models").ToString());
        await Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = "CIFAR-10 ResNet-9 cifar10_resnet9", Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = "My birds" })).ToHaveCountAsync(0);
        Assert.Empty(errors);
    }

    [BrowserFact]
    public async Task AnOption_ThatMakesNoSense_IsPointedAtEvenWhenFoldedAway()
    {
        var (page, errors) = await app.OpenAsync("/models", width: 390, height: 844, scheme: ColorScheme.Dark);
        var form = page.GetByRole(AriaRole.Region, new() { Name = "Bring your own model" });
        var options = form.GetByText("Options", new() { Exact = true });
        var import = form.GetByRole(AriaRole.Button, new() { Name = "Import" });
        await ChooseAsync(page, Graphs.Classifier());
        await options.ClickAsync();
        await page.GetByLabel("Short side").FillAsync("0");
        await options.ClickAsync();
        await Expect(page.GetByLabel("Short side")).ToBeHiddenAsync();

        await import.ClickAsync();
        await Expect(page.GetByLabel("Short side")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Short side")).ToBeFocusedAsync();

        await page.GetByLabel("Short side").FillAsync("7");
        await import.ClickAsync();
        await Expect(form.GetByRole(AriaRole.Alert)).ToContainTextAsync("The short side must be at least the input's side, 8 pixels, not 7.");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), "It scrolls sideways.");
        Assert.Empty(await Axe.SeriousViolationsAsync(page));
        Assert.Empty(errors);
    }

    private static async Task RemoveAsync(IPage page)
    {
        Assert.Empty(await Axe.SeriousViolationsAsync(page));
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove My birds" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Keep" })).ToBeFocusedAsync();
        Assert.Empty(await Axe.SeriousViolationsAsync(page));
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove for good" }).ClickAsync();
    }

    private static Task ChooseAsync(IPage page, ModelProto model) => page.GetByLabel("Model file").SetInputFilesAsync(
        new FilePayload { Name = "birds.onnx", MimeType = "application/octet-stream", Buffer = model.ToByteArray() });
}
