using LatencyLab.Tests.Api;
using LatencyLab.Tests.Requirements;
using Microsoft.Playwright;

namespace LatencyLab.Tests.EndToEnd;

/// <summary>The real web application with a real browser beside it; without a browser neither is started.</summary>
public sealed class BrowserApp : IAsyncLifetime
{
    private readonly WebApp _app = new();
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public Uri Address => _app.Address;

    public async Task InitializeAsync()
    {
        if (Chromium.Path is null)
        {
            return;
        }
        await _app.InitializeAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium.Path,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
    }

    /// <summary>A fresh page on the Compare page, with every console error and failed script collected.</summary>
    public async Task<(IPage Page, List<string> Errors)> OpenAsync(string path = "/", int width = 1440, int height = 900, ColorScheme scheme = ColorScheme.Light)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
        });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(60_000);
        var errors = new List<string>();
        page.Console += (_, message) =>
        {
            // A refused upload is the browser's to log and the page's to explain.
            if (message.Type == "error" && !message.Text.Contains("Failed to load resource", StringComparison.Ordinal))
            {
                errors.Add(message.Text);
            }
        };
        page.PageError += (_, error) => errors.Add(error);
        await page.GotoAsync(new Uri(Address, path).ToString());
        return (page, errors);
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
            _playwright!.Dispose();
            await _app.DisposeAsync();
        }
    }
}
