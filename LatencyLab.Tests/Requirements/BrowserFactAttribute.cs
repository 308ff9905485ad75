namespace LatencyLab.Tests.Requirements;

/// <summary>A test in a real browser; it reports itself as skipped where none is found.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        if (Chromium.Path is null)
        {
            Skip = "needs Chromium or Chrome (Debian: chromium), or its path in CHROMIUM_PATH";
        }
    }
}
