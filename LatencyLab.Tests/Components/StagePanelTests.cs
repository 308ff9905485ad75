using Bunit;
using LatencyLab.Inference.Comparison;
using LatencyLab.Inference.Measurement;
using LatencyLab.Web.Components.Charts;

namespace LatencyLab.Tests.Components;

public class StagePanelTests : ComponentTest
{
    private IRenderedComponent<StagePanel> RenderPanel(BrowserTiming? browser = null, IReadOnlyList<VariantResult>? variants = null, bool running = false) =>
        Render<StagePanel>(parameters => parameters
            .Add(panel => panel.Variants, variants ?? Example.Variants())
            .Add(panel => panel.Browser, browser)
            .Add(panel => panel.Running, running)
            .Add(panel => panel.Subtitle, "cat.jpg")
            .Add(panel => panel.Footer, "AMD EPYC"));

    private static StackedBarData Sent(JSRuntimeInvocation invocation) => Assert.IsType<StackedBarData>(invocation.Arguments[^1]);

    [Fact]
    public void Chart_Variants_GetBarsOnOneAxis()
    {
        RenderPanel(variants: [Example.Variant("control") with { Title = "<b>Control</b>" }, Example.Variant("int8", 0.36)]);

        var data = Sent(Charts.VerifyInvoke("create"));
        Assert.Equal(["<b>Control</b>", "INT8"], data.Categories);
        Assert.Equal("ms", data.Unit);
        var inference = data.Series.Single(series => series.Key == "inference");
        Assert.Equal(2, inference.Values.Count);
        Assert.Equal(Example.Variant("control").Total!.P50Ms, data.Series.Sum(series => series.Values[0]), 9);
    }

    [Fact]
    public void Chart_SameNumbersAgain_IsNotRedrawn()
    {
        var panel = RenderPanel();

        panel.Render();

        Assert.Empty(Chart.Invocations["update"]);
    }

    [Fact]
    public void Chart_NewNumbers_AreSentToTheSameChart()
    {
        var panel = RenderPanel(running: true);

        panel.Render(parameters => parameters.Add(shown => shown.Variants, [Example.Variant("control", 2)]));

        Assert.Equal(["Control"], Sent(Chart.VerifyInvoke("update")).Categories);
        Charts.VerifyInvoke("create");
    }

    [Fact]
    public async Task Chart_PageLeft_IsDestroyed()
    {
        RenderPanel();

        await DisposeComponentsAsync();

        Chart.VerifyInvoke("dispose");
    }

    [Fact]
    public void Table_Chosen_ShowsTheNumbersOfTheChart()
    {
        var panel = RenderPanel();
        var data = Sent(Charts.VerifyInvoke("create"));

        panel.FindAll("input[type=radio]")[1].Change("on");

        var row = panel.FindAll("tbody tr").Single(row => TextOf(row).StartsWith("inference", StringComparison.Ordinal));
        var expected = data.Series.Single(series => series.Key == "inference").Values.Select(value => value.ToString("0.000", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(expected, row.QuerySelectorAll("td").Select(cell => TextOf(cell).Split(' ')[0]));
        Assert.Equal(["Stage", "Control ms", "Engine ms", "INT8 ms"], panel.FindAll("thead th").Select(TextOf));
    }

    [Fact]
    public void Browser_Comparable_IsPartOfTheBar()
    {
        RenderPanel(new BrowserTiming(1.4, 2.2));

        var keys = Sent(Charts.VerifyInvoke("create")).Series.Select(series => series.Key).ToArray();
        Assert.Equal("upload", keys[0]);
        Assert.Equal("render", keys[^1]);
    }

    [Fact]
    public void Browser_Dwarfing_IsLeftOutUntilAskedFor()
    {
        var panel = RenderPanel(new BrowserTiming(300, 21));
        Assert.DoesNotContain(Sent(Charts.VerifyInvoke("create")).Series, series => series.Key == "upload");
        Assert.Contains("The same in each: upload 300 ms, render 21.0 ms.", TextOf(panel.Find(".click-to-pixel")), StringComparison.Ordinal);

        panel.Find("input[type=checkbox]").Change(true);

        Assert.Contains(Sent(Chart.VerifyInvoke("update")).Series, series => series.Key == "upload");
    }

    [Fact]
    public void Legend_Stages_AreNamedAndExplained()
    {
        var legend = Render<StageLegend>(parameters => parameters.Add(shown => shown.Stages, [Stage.Decode, Stage.Other]));

        Assert.Equal(["decode file to pixels", "other total minus all named stages"], legend.FindAll("li").Select(TextOf));
    }

    [Fact]
    public void Panel_NothingAnswered_SaysSo() =>
        Assert.Contains("No variant answered", RenderPanel(variants: [Example.Failed("control")]).Markup, StringComparison.Ordinal);

    [Fact]
    public async Task SavePng_TableShown_SwitchesToTheChart()
    {
        var panel = RenderPanel();
        panel.FindAll("input[type=radio]")[1].Change("on");

        await panel.InvokeAsync(() => panel.Instance.SavePngAsync("latencylab.png"));

        Assert.Equal("latencylab.png", Chart.VerifyInvoke("savePng").Arguments[0]);
    }
}
