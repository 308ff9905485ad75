using System.Text.Json;
using Microsoft.Playwright;

namespace LatencyLab.Tests.EndToEnd;

/// <summary>axe-core in a page.</summary>
internal static class Axe
{
    private static readonly string Script = Repository.PathOf("wwwroot-assets/node_modules/axe-core/axe.min.js");

    /// <summary>Violations of impact serious or critical, one line each.</summary>
    public static async Task<IReadOnlyList<string>> SeriousViolationsAsync(IPage page)
    {
        // Evaluated rather than added as a script element, which the page's own content security policy refuses.
        await page.EvaluateAsync(await File.ReadAllTextAsync(Script));
        var result = await page.EvaluateAsync<JsonElement>("() => axe.run(document, { resultTypes: ['violations'] })");
        return [.. result.GetProperty("violations").EnumerateArray()
            .Where(violation => violation.GetProperty("impact").GetString() is "serious" or "critical")
            .Select(violation => $"{violation.GetProperty("id")}: {violation.GetProperty("help")} at "
                + string.Join("; ", violation.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("html"))))];
    }
}
