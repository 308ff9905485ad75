using LatencyLab.Tests.Api;
using LatencyLab.Tests.Requirements;
using Microsoft.Playwright;

namespace LatencyLab.Tests.EndToEnd;

/// <summary>The real web application with a real browser beside it; without a browser neither is started.</summary>
public class BrowserApp : IAsyncLifetime
{
    /// <summary>Long, for machines that are busy with other things; nothing is asserted about time here.</summary>
    private const float TimeoutMs = 60_000;

    private readonly WebApp _app;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public BrowserApp()
        : this(new WebApp())
    {
    }

    /// <summary>With settings of its own.</summary>
    protected BrowserApp(WebApp app) => _app = app;

    public Uri Address => _app.Address;

    /// <summary>The running application's own services.</summary>
    public IServiceProvider Services => _app.Services;

    public async Task InitializeAsync()
    {
        if (Chromium.Path is null)
        {
            return;
        }
        Assertions.SetDefaultExpectTimeout(TimeoutMs);
        await ((IAsyncLifetime)_app).InitializeAsync();
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
        page.SetDefaultTimeout(TimeoutMs);
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
            await ((IAsyncLifetime)_app).DisposeAsync();
        }
    }
}
