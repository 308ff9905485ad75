using Bunit;
using LatencyLab.Inference.Comparison;
using LatencyLab.Inference.Sessions;
using LatencyLab.Web.Components.Settings;

namespace LatencyLab.Tests.Components;

public class SettingsPanelTests : ComponentTest
{
    private CompareSettings? _changed;

    private IRenderedComponent<SettingsPanel> RenderPanel(CompareSettings? settings = null, params VariantStatus[] variants) => Render<SettingsPanel>(parameters => parameters
        .Add(panel => panel.Models, Service.Models)
        .Add(panel => panel.Variants, variants.Length > 0 ? variants : Service.Statuses)
        .Add(panel => panel.Settings, settings ?? new CompareSettings())
        .Add(panel => panel.OnChange, changed => _changed = changed));

    [Fact]
    public void Model_Chosen_StartsWithAllItsVariants()
    {
        RenderPanel(new CompareSettings { VariantIds = ["int8"] }).Find("select#model").Change("mobilenet_v2_1.0_224");

        Assert.Equal("mobilenet_v2_1.0_224", _changed!.ModelId);
        Assert.Null(_changed.VariantIds);
    }

    [Fact]
    public void Variant_Unticked_IsLeftOut()
    {
        RenderPanel().FindAll("input[type=checkbox]")[1].Change(false);

        Assert.Equal(["control", "int8"], _changed!.VariantIds);
    }

    [Fact]
    public void Variant_LastOne_CannotBeUnticked() =>
        Assert.Equal([false, true, false], RenderPanel(new CompareSettings { VariantIds = ["engine"] }).FindAll("input[type=checkbox]").Select(box => box.HasAttribute("disabled")));

    [Fact]
    public void Mode_Race_IsExplained()
    {
        var panel = RenderPanel(new CompareSettings { Mode = ComparisonMode.Race });

        Assert.Contains("compete for the cores", panel.Markup, StringComparison.Ordinal);
        panel.FindAll("input[type=radio]")[0].Change("on");
        Assert.Equal(ComparisonMode.Isolated, _changed!.Mode);
    }

    [Theory]
    [InlineData("64", 64)]
    [InlineData("5000", 1000)]
    [InlineData("-3", 1)]
    [InlineData("", 30)]
    public void Rounds_Entered_StayWithinLimits(string entered, int expected)
    {
        RenderPanel().Find("input#rounds").Change(entered);

        Assert.Equal(expected, _changed!.Rounds);
    }

    [Fact]
    public void Rounds_Preset_GivesThePercentileItNames()
    {
        var panel = RenderPanel();

        panel.FindAll(".preset").Single(preset => TextOf(preset).EndsWith("p95", StringComparison.Ordinal)).Click();

        Assert.Equal(130, _changed!.Rounds);
    }

    [Theory]
    [InlineData(VariantState.Ready, null, "Ready")]
    [InlineData(VariantState.Loading, null, "Loading")]
    [InlineData(VariantState.Warming, null, "Warming up")]
    [InlineData(VariantState.Failed, null, "Failed")]
    [InlineData(VariantState.Preparing, null, "Preparing")]
    [InlineData(VariantState.Preparing, 0.425, "Preparing 42 %")]
    public void Badge_State_IsInWords(VariantState state, double? progress, string expected)
    {
        var badge = Render<VariantStateBadge>(parameters => parameters.Add(shown => shown.Status, Example.Status("int8", state) with { Progress = progress }));

        Assert.Equal(expected, TextOf(badge.Find(".badge")));
    }

    [Fact]
    public void Variant_NotReady_SaysWhatItDoes()
    {
        var panel = RenderPanel(null, Example.Status("control"), Example.Status("int8", VariantState.Preparing) with { Message = "Quantizing <b>512</b> pictures." });

        Assert.Equal("Quantizing <b>512</b> pictures.", TextOf(panel.Find(".variant-message")));
    }
}
