namespace LatencyLab.Tests.Requirements;

/// <summary>A Chromium or Chrome that is installed on this machine.</summary>
internal static class Chromium
{
    private static readonly string?[] Candidates =
    [
        Environment.GetEnvironmentVariable("CHROMIUM_PATH"),
        "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe",
    ];

    /// <summary>Its path, or null where there is none.</summary>
    public static string? Path { get; } = Array.Find(Candidates, File.Exists);
}
