using LatencyLab.Inference.Comparison;
using LatencyLab.Inference.Measurement;

namespace LatencyLab.Web.Components.Charts;

/// <summary>
/// Where the time of each variant went, as one bar a variant. The chart, its table and the legend all read this, so they cannot disagree.
/// </summary>
public sealed record StageBreakdown
{
    // From this ratio on, what the browser took hides what the variants differ in.
    private const double DwarfingRatio = 3;

    /// <summary>The stages that take any time in any bar, in request order, what is unnamed and the painting last.</summary>
    public required IReadOnlyList<Stage> Stages { get; init; }

    /// <summary>One bar for each variant that has a total.</summary>
    public required IReadOnlyList<StageBar> Bars { get; init; }

    /// <summary>Lays the stages of the typical round end to end.</summary>
    /// <param name="variants">Those without a total, because they failed, get no bar.</param>
    /// <param name="browser">Upload and render, the same for each variant; null to leave them out.</param>
    public static StageBreakdown Of(IEnumerable<VariantResult> variants, BrowserTiming? browser = null)
    {
        var bars = variants.Where(variant => variant.Total is not null).Select(variant => BarOf(variant, browser)).ToArray();
        var stages = Order.Where(stage => bars.Any(bar => bar[stage] > 0)).ToArray();
        return new StageBreakdown { Stages = stages, Bars = bars };
    }

    /// <summary>Whether upload and render would leave too little of the axis for the rest.</summary>
    public static bool IsDwarfedBy(BrowserTiming browser, IEnumerable<VariantResult> variants) =>
        browser.UploadMs + browser.RenderMs > DwarfingRatio * variants.Max(variant => variant.Total?.P50Ms ?? 0);

    private static IEnumerable<Stage> Order { get; } =
        Enum.GetValues<Stage>().Where(stage => stage is not (Stage.Render or Stage.Other)).Append(Stage.Other).Append(Stage.Render);

    private static StageBar BarOf(VariantResult variant, BrowserTiming? browser)
    {
        // The typical round, scaled by next to nothing so that the bar is exactly as long as the median total.
        var typical = variant.Stages.Sum(stage => stage.TypicalMs);
        var scale = typical > 0 ? variant.Total!.P50Ms / typical : 0;
        var parts = variant.Stages.ToDictionary(stage => stage.Stage, stage => Math.Max(0, scale * stage.TypicalMs));
        if (browser is not null)
        {
            parts[Stage.Upload] = browser.UploadMs;
            parts[Stage.Render] = browser.RenderMs;
        }
        return new StageBar(variant.Id, variant.Title, parts);
    }
}
