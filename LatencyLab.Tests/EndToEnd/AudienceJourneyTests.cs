using LatencyLab.Inference.Models;
using LatencyLab.Tests.Api;
using LatencyLab.Tests.Requirements;
using LatencyLab.Tests.Sessions;
using LatencyLab.Web.Audience;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LatencyLab.Tests.EndToEnd;

public sealed class AudienceJourneyTests(AudienceBrowserApp app) : IClassFixture<AudienceBrowserApp>
{
    private const int PhoneWidth = 390;
    private const int PhoneHeight = 844;

    private AudienceDoor Door => app.Services.GetRequiredService<AudienceDoor>();

    [BrowserFact]
    public async Task APhone_SendsAPhotoAndReadsWhatTheVariantsSay()
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            var (page, errors) = await app.OpenAsync($"/join/{Door.Renew()}", PhoneWidth, PhoneHeight, scheme);
            await ExpectWellMadeAsync(page, "Send a photo into the demo");

            await ChooseAsync(page, SamplePicture.Read("cat.jpg"));
            await ExpectWellMadeAsync(page, "This one?");
            await page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
            await ExpectWellMadeAsync(page, "Waiting for the presenter");
            await Expect(page.GetByText("Yours is next.")).ToBeVisibleAsync();

            var picture = Door.Approve(Assert.Single(Door.Pending).Id)!;
            await ExpectWellMadeAsync(page, "It is on the screen");
            Door.Answer(picture.Id, [new AudienceAnswer("INT8", [new Prediction(1, 3, "<b>cat</b>", 0.94), new Prediction(2, 5, "dog", 0.04)], 0.83)]);

            await Expect(page.GetByText("<b>cat</b>", new() { Exact = true })).ToBeVisibleAsync();
            await Expect(page.GetByText("94.0")).ToBeVisibleAsync();
            await ExpectWellMadeAsync(page, "It is on the screen");
            await page.GetByRole(AriaRole.Button, new() { Name = "Send another" }).ClickAsync();
            await ExpectWellMadeAsync(page, "Send a photo into the demo");
            Assert.Empty(errors);
        }
    }

    [BrowserFact]
    public async Task APhone_WhosePhotoIsDeclined_HearsItEvenAfterAReload()
    {
        var (page, errors) = await app.OpenAsync($"/join/{Door.Renew()}", PhoneWidth, PhoneHeight);
        await ChooseAsync(page, SamplePicture.Read("ship.jpg"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await ExpectWellMadeAsync(page, "Waiting for the presenter");

        await page.ReloadAsync();
        await ExpectWellMadeAsync(page, "Waiting for the presenter");
        Door.Decline(Assert.Single(Door.Pending).Id);

        await ExpectWellMadeAsync(page, "Not this time");
        Assert.Empty(errors);
    }

    [BrowserFact]
    public async Task APhone_WithAFileThatIsNoPicture_IsToldWhyAndGoesOn()
    {
        var (page, errors) = await app.OpenAsync($"/join/{Door.Renew()}", PhoneWidth, PhoneHeight);
        await ChooseAsync(page, "I am a text."u8.ToArray());

        await page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("JPEG, PNG, WebP and GIF are accepted");
        await ExpectWellMadeAsync(page, "This one?");
        Assert.Empty(Door.Pending);
        Assert.Empty(errors);
    }

    [BrowserFact]
    public async Task APhone_WithAnOldInvitation_IsSentBackToTheScreen()
    {
        var (page, _) = await app.OpenAsync("/join/23456789", PhoneWidth, PhoneHeight);

        await ExpectWellMadeAsync(page, "This invitation is not valid");
    }

    [BrowserFact]
    public async Task TheProjector_WithTheDoorOpen_ShowsTheCodeBesideTheChartsOnOneScreen()
    {
        Door.Renew();
        var (page, errors) = await app.OpenAsync("/live?present=1", width: 1280, height: 720);
        await Expect(page.Locator(".audience .qr")).ToBeVisibleAsync();
        await Expect(page.Locator(":root[data-present]")).ToBeAttachedAsync();

        var code = (await page.Locator(".audience .qr").BoundingBoxAsync())!;
        var latency = (await page.Locator("[data-chart=latency]").BoundingBoxAsync())!;
        Assert.True(code.Width > 120, $"the code is {code.Width} pixels wide");
        Assert.True(latency.Height > 120, $"the latency chart is {latency.Height} pixels high");
        Assert.True(latency.X + latency.Width <= code.X, "the code covers the chart");
        Assert.True(code.X + code.Width <= 1280 && code.Y + code.Height <= 720 && latency.Y + latency.Height <= 720, "they do not fit on the screen");
        Assert.Empty(errors);
    }

    [BrowserFact]
    public async Task AViewer_SeesTheRunAndSteersNothing_UntilThePresentersKeyIsGiven()
    {
        Door.Renew();
        foreach (var (width, height, scheme) in new[] { (1440, 900, ColorScheme.Light), (PhoneWidth, PhoneHeight, ColorScheme.Dark) })
        {
            var (page, errors) = await app.OpenAsync("/join", width, height, scheme);
            await page.Context.AddCookiesAsync([new Cookie { Name = AudienceApp.AddressHeader, Value = "203.0.113.9", Url = app.Address.ToString() }]);

            await page.GotoAsync(new Uri(app.Address, "/live").ToString());
            await ExpectWellMadeAsync(page, "Latency, live");
            await Expect(page.GetByText("You are watching.")).ToBeVisibleAsync();
            await Expect(page.Locator(".audience .qr")).ToBeVisibleAsync();
            await Expect(page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
            await page.Keyboard.PressAsync("p");
            await page.Keyboard.PressAsync(" ");
            await Expect(page.GetByText("No run yet. The presenter starts it.")).ToBeVisibleAsync();

            await page.GotoAsync(new Uri(app.Address, "/live?key=" + Uri.EscapeDataString(AudienceApp.PresenterKey)).ToString());
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Close the door" })).ToBeVisibleAsync();
            await Expect(page).ToHaveURLAsync(new Uri(app.Address, "/live").ToString());
            await Expect(page.GetByText("You are watching.")).ToHaveCountAsync(0);
            await page.GetByRole(AriaRole.Button, new() { Name = "Present", Exact = true }).ClickAsync();
            await Expect(page.Locator(":root[data-present]")).ToBeAttachedAsync();
            Assert.Empty(errors);
        }
    }

    private static Task ChooseAsync(IPage page, byte[] content) =>
        page.GetByLabel("Choose a photo").SetInputFilesAsync(new FilePayload { Name = "photo.jpg", MimeType = "image/jpeg", Buffer = content });

    private static async Task ExpectWellMadeAsync(IPage page, string heading)
    {
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = heading })).ToBeVisibleAsync();
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), $"{heading}: scrolls sideways");
        Assert.Empty(await Axe.SeriousViolationsAsync(page));
    }
}
