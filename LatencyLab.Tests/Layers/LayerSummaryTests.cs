using LatencyLab.Inference.Layers;
using LatencyLab.Tests.Components;

namespace LatencyLab.Tests.Layers;

public class LayerSummaryTests
{
    [Fact]
    public void Of_LayersAtHalfTheirPeak_AreHalfWayToTheLimit()
    {
        // 3 ms of 4 have a roof; at it they would take 1.5 ms.
        var summary = LayerSummary.Of(ZooExample.Profile("int8", [
            ZooExample.Layer(0, 2, int8: true, shareOfPeak: 0.5, LayerBound.Compute),
            ZooExample.Layer(1, 1, int8: true, shareOfPeak: 0.5, LayerBound.Memory),
            ZooExample.Layer(2, 1, int8: false, shareOfPeak: null, bound: null)]));

        Assert.Equal(0.75, summary.Int8Share, 9);
        Assert.Equal(0.5, summary.ShareOfPeak!.Value, 9);
        Assert.Equal(2.5, summary.AttainableMs!.Value, 9);
        Assert.Equal(0.5, summary.ComputeBoundShare!.Value, 9);
    }

    [Fact]
    public void Of_ALayerThatSeemsFasterThanItsPeak_CountsAsAtIt()
    {
        var summary = LayerSummary.Of(ZooExample.Profile("int8", [ZooExample.Layer(0, 1, int8: true, shareOfPeak: 1.4, LayerBound.Memory)]));

        Assert.Equal(1, summary.ShareOfPeak);
        Assert.Equal(1, summary.AttainableMs);
    }

    [Fact]
    public void Of_WithoutAPeak_ClaimsNoLimit()
    {
        var summary = LayerSummary.Of(ZooExample.Profile("engine", [ZooExample.Layer(0, 1, int8: false, shareOfPeak: null, bound: null)]));

        Assert.Equal(new LayerSummary(0, null, null, null), summary);
    }
}
