using LatencyLab.Inference.Comparison;
using LatencyLab.Web.Components.Controls;
using Microsoft.AspNetCore.Components;

namespace LatencyLab.Web.Components.Charts;

/// <summary>The stages of all variants: as a chart, or as a table of the same numbers.</summary>
public sealed partial class StagePanel
{
    private static readonly Segment<bool>[] Views = [new(false, "Chart"), new(true, "Table")];

    private StackedBarChart? _chart;
    private StackedBarData? _chartData;
    private bool _asTable;
    private bool? _browserChoice;

    [Parameter, EditorRequired]
    public required IReadOnlyList<VariantResult> Variants { get; set; }

    /// <summary>What the browser measured; null while it has not.</summary>
    [Parameter]
    public BrowserTiming? Browser { get; set; }

    /// <summary>Second line of an exported picture.</summary>
    [Parameter]
    public string Subtitle { get; set; } = "";

    /// <summary>Last line of an exported picture.</summary>
    [Parameter]
    public string Footer { get; set; } = "";

    /// <summary>Whether more results are on their way.</summary>
    [Parameter]
    public bool Running { get; set; }

    // Whoever has not decided sees upload and render, unless they would hide everything else.
    private bool ShowsBrowser => Browser is { } browser && (_browserChoice ?? !StageBreakdown.IsDwarfedBy(browser, Variants));

    private StageBreakdown Breakdown => StageBreakdown.Of(Variants, ShowsBrowser ? Browser : null);

    private StageBreakdown WithBrowser => StageBreakdown.Of(Variants, Browser);

    // The chart redraws for a new object only, so equal data keep the old one.
    private StackedBarData ChartData
    {
        get
        {
            var next = DataOf(Breakdown);
            if (_chartData is null || !SameNumbers(_chartData, next))
            {
                _chartData = next;
            }
            return _chartData;
        }
    }

    /// <summary>Downloads the chart as a PNG, switching to it first where the table is shown.</summary>
    public async Task SavePngAsync(string fileName)
    {
        _asTable = false;
        StateHasChanged();
        if (_chart is not null)
        {
            await _chart.SavePngAsync(fileName);
        }
    }

    private static string SharedText(BrowserTiming browser)
    {
        var render = browser.RenderMs > 0 ? $"render {Figures.Ms(browser.RenderMs)}" : "render not seen, as the page was hidden";
        return browser.UploadMs > 0
            ? $"The same in each: upload {Figures.Ms(browser.UploadMs)}, {render}."
            : $"The same in each: {render}; a sample needs no upload.";
    }

    private StackedBarData DataOf(StageBreakdown breakdown) => new()
    {
        Title = "Where the time goes",
        Subtitle = Subtitle,
        Footer = Footer,
        Unit = "ms",
        AxisTitle = "milliseconds, median",
        Categories = [.. breakdown.Bars.Select(bar => bar.Title)],
        Series = [.. breakdown.Stages.Select(stage => new StackedBarSeries(stage.Key(), stage.Key(), [.. breakdown.Bars.Select(bar => bar[stage])]))],
        Still = Running,
    };

    private static bool SameNumbers(StackedBarData left, StackedBarData right) =>
        left.Subtitle == right.Subtitle && left.Footer == right.Footer && left.Still == right.Still
        && left.Categories.SequenceEqual(right.Categories)
        && left.Series.Select(series => series.Key).SequenceEqual(right.Series.Select(series => series.Key))
        && left.Series.SelectMany(series => series.Values).SequenceEqual(right.Series.SelectMany(series => series.Values));
}
