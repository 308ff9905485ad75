using Bunit;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Tests.Components;

public class ModelPageLayersTests : ModelPageTest
{
    [Fact]
    public void Layers_NotMeasured_TheButtonMeasuresTheOptimizedVariant()
    {
        var page = RenderPage();
        Assert.Contains("Nothing is measured yet.", TextOf(page.Find(".layers")), StringComparison.Ordinal);

        page.Find(".layers .choice button").Click();

        Assert.Equal(["layers int8"], Zoo.Asked);
        Assert.NotNull(page.Find(".layers .job-progress"));
    }

    [Fact]
    public void Layers_TwoVariantsChosen_BothAreMeasured()
    {
        var page = RenderPage();

        page.Find("#layers-other").Change("control");
        page.Find(".layers .choice button").Click();

        Assert.Equal(["layers int8 control"], Zoo.Asked);
    }

    [Fact]
    public void Layers_VariantNotReady_SaysWhatItWaitsFor()
    {
        Zoo.Statuses = [Example.Status("control"), Example.Status("int8", VariantState.Preparing) with { Message = "making the int8 model" }];

        var page = RenderPage();

        Assert.Contains("INT8 is not ready yet: making the int8 model", TextOf(page.Find(".layers")), StringComparison.Ordinal);
        Assert.True(page.Find(".layers .choice button").HasAttribute("disabled"));
    }

    [Fact]
    public void Bars_ManyLayers_ShowTheLongestAndAllOnDemand()
    {
        Zoo.Profiles["int8"] = ZooExample.Profile("int8");
        var page = RenderPage();

        Assert.Equal(12, page.FindAll(".bars li").Count);
        Assert.StartsWith("features.19/Conv QLinearConv 0.290 ms", TextOf(page.FindAll(".bars li")[0]), StringComparison.Ordinal);
        Assert.Equal("width: 100%", page.FindAll(".bars .track i")[0].GetAttribute("style"));
        page.Find(".layers .more").Click();
        Assert.Equal(20, page.FindAll(".bars li").Count);
        Assert.Equal("true", page.Find(".layers .more").GetAttribute("aria-expanded"));
    }

    [Fact]
    public void Figures_Measured_SayHowFarFromTheLimit()
    {
        Zoo.Profiles["int8"] = ZooExample.Profile("int8");

        var figures = TextOf(RenderPage().Find(".figures-line"));

        Assert.Contains("Of the hardware limit 40 % at the limit 1.56 ms", figures, StringComparison.Ordinal);
        Assert.Contains("708 GMAC/s INT8", figures, StringComparison.Ordinal);
    }

    [Fact]
    public void Table_Chosen_HasEveryLayerWithItsBound()
    {
        Zoo.Profiles["int8"] = ZooExample.Profile("int8");
        var page = RenderPage();

        page.FindAll(".layers input[type=radio]")[1].Change("on");

        page.WaitForAssertion(() => Assert.Equal(20, page.FindAll(".layers tbody tr").Count));
        Assert.Equal("features.0/Conv with 1 fused QLinearConv INT8 0.100 25.0 % 10.0 40 % compute", TextOf(page.Find(".layers tbody tr")));
    }

    [Fact]
    public void Diff_BothMeasured_HoldsTheVariantAgainstTheOther()
    {
        Zoo.Profiles["int8"] = ZooExample.Profile("int8", [ZooExample.Layer(0, 0.1), ZooExample.Layer(1, 0.2)]);
        Zoo.Profiles["control"] = ZooExample.Profile("control", [ZooExample.Layer(0, 0.5, int8: false), ZooExample.Layer(1, 0.3, int8: false)]);
        var page = RenderPage();

        page.Find("#layers-other").Change("control");

        page.WaitForAssertion(() => Assert.Equal("INT8 against Control", TextOf(page.Find(".diff h3"))));
        Assert.Equal("features.0/Conv Conv → QLinearConv 0.500 0.100 −0.400 5.0×", TextOf(page.FindAll(".diff tbody tr")[0]));
        Assert.Equal("All layers 0.800 0.300 −0.500 2.7×", TextOf(page.Find(".diff tfoot tr")));
    }
}
