using LatencyLab.Inference.Comparison;
using LatencyLab.Inference.Measurement;
using LatencyLab.Web.Components.Charts;

namespace LatencyLab.Tests.Components;

public class StageBreakdownTests
{
    private static VariantResult VariantOf(double totalMs, params (Stage Stage, double TypicalMs)[] stages)
    {
        var variant = Example.Variant("engine");
        return variant with
        {
            Total = variant.Total! with { P50Ms = totalMs },
            Stages = [.. stages.Select(stage => new StageSummary(stage.Stage, 0, 0, stage.TypicalMs))],
        };
    }

    [Fact]
    public void Of_TheTypicalRound_KeepsItsSharesAndIsAsLongAsTheMedianTotal()
    {
        var bar = StageBreakdown.Of([VariantOf(2, (Stage.Decode, 1), (Stage.Inference, 1.4), (Stage.Other, 0.1))]).Bars.Single();

        Assert.Equal(2, bar.TotalMs, 12);
        Assert.Equal(0.8, bar[Stage.Decode], 12);
        Assert.Equal(1.12, bar[Stage.Inference], 12);
        Assert.Equal(0.08, bar[Stage.Other], 12);
    }

    [Fact]
    public void Of_WithBrowser_RunsFromUploadToRender()
    {
        var breakdown = StageBreakdown.Of([VariantOf(2, (Stage.Inference, 1.5), (Stage.Other, 0.5))], new BrowserTiming(12, 21));

        Assert.Equal([Stage.Upload, Stage.Inference, Stage.Other, Stage.Render], breakdown.Stages);
        Assert.Equal(35, breakdown.Bars[0].TotalMs, 12);
    }

    [Fact]
    public void Of_SampleWithoutUpload_LeavesUploadOut() =>
        Assert.DoesNotContain(Stage.Upload, StageBreakdown.Of([VariantOf(2, (Stage.Inference, 1.5))], new BrowserTiming(0, 21)).Stages);

    [Fact]
    public void Of_FailedVariant_HasNoBar() =>
        Assert.Equal(["control"], StageBreakdown.Of([Example.Variant("control"), Example.Failed("int8")]).Bars.Select(bar => bar.VariantId));

    [Theory]
    [InlineData(0, 21, true)]
    [InlineData(1, 2, false)]
    public void IsDwarfedBy_BrowserTimes_ComparesWithSlowest(double uploadMs, double renderMs, bool expected) =>
        Assert.Equal(expected, StageBreakdown.IsDwarfedBy(new BrowserTiming(uploadMs, renderMs), [VariantOf(2), VariantOf(0.5)]));
}
