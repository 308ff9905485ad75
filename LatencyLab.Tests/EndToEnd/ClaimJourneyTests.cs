using System.Buffers.Binary;
using System.Text.RegularExpressions;
using LatencyLab.Tests.Requirements;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LatencyLab.Tests.EndToEnd;

public partial class ClaimJourneyTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    [BrowserFact]
    public async Task AClaim_ExportedInBothThemes_IsAPictureOfItsSizeWithTheClaimOnIt()
    {
        var (page, errors) = await app.OpenAsync("/?sample=cat.jpg&rounds=20");
        await Expect(page).ToHaveURLAsync(Permalink());
        await page.GetByRole(AriaRole.Button, new() { Name = "Claim for INT8" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByText(new Regex("n = 20"))).ToBeVisibleAsync();
        var backgrounds = new List<string>();

        foreach (var theme in new[] { "Light", "Dark" })
        {
            await dialog.GetByRole(AriaRole.Radio, new() { Name = theme }).CheckAsync();
            await Expect(dialog.GetByRole(AriaRole.Img)).ToHaveAttributeAsync("data-drawn", theme.ToLowerInvariant());
            Assert.Empty(await Axe.SeriousViolationsAsync(page));
            var download = await page.RunAndWaitForDownloadAsync(() => dialog.GetByRole(AriaRole.Button, new() { Name = "PNG" }).ClickAsync());
            var png = await File.ReadAllBytesAsync(await download.PathAsync());

            Assert.EndsWith($"-{theme.ToLowerInvariant()}.png", download.SuggestedFilename, StringComparison.Ordinal);
            // PNG: the width and height of its IHDR chunk.
            Assert.Equal((1200, 675), (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))));
            var (background, otherPixels) = await InkAsync(page, png);
            backgrounds.Add(background);
            Assert.InRange(otherPixels, 0.01, 0.5);
        }
        Assert.Equal(2, backgrounds.Distinct().Count());

        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToBeHiddenAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Claim for Engine" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Heading)).ToContainTextAsync("Engine");
        Assert.Empty(errors);
    }

    [BrowserFact]
    public async Task AClaim_OnAPhone_FitsTheScreen()
    {
        var (page, _) = await app.OpenAsync("/?sample=cat.jpg&rounds=5", width: 390, height: 844);
        await Expect(page).ToHaveURLAsync(Permalink());

        await page.GetByRole(AriaRole.Button, new() { Name = "Claim for INT8" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        Assert.True(await page.EvaluateAsync<bool>("document.querySelector('dialog').scrollWidth <= document.querySelector('dialog').clientWidth"));
        Assert.Empty(await Axe.SeriousViolationsAsync(page));
    }

    /// <summary>The colour of the corner, and the share of pixels that have another: what is written and drawn.</summary>
    private static async Task<(string Background, double OtherPixels)> InkAsync(IPage page, byte[] png)
    {
        var found = await page.EvaluateAsync<string[]>(
            """
            async base64 => {
                const bytes = Uint8Array.from(atob(base64), character => character.charCodeAt(0));
                const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
                const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
                context.drawImage(picture, 0, 0);
                const pixels = new Uint32Array(context.getImageData(0, 0, picture.width, picture.height).data.buffer);
                return [String(pixels[0]), String(pixels.filter(pixel => pixel !== pixels[0]).length / pixels.length)];
            }
            """,
            Convert.ToBase64String(png));
        return (found[0], double.Parse(found[1], System.Globalization.CultureInfo.InvariantCulture));
    }

    [GeneratedRegex("/comparisons/[0-9a-f]{24}")]
    private static partial Regex Permalink();
}
