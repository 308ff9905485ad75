using LatencyLab.Inference.Optimization.AccuracyAware;

namespace LatencyLab.Tests.Optimization.AccuracyAware;

public class PairedDropTests
{
    [Fact]
    public void Points_OfLabelledPictures_CountBothDirections() => Assert.Equal(2, new PairedDrop(100, Lost: 5, Gained: 3).Points);

    // Agresti and Min: (5.5 - 3.5) / 102 -+ 1.96 sqrt(9 - 4 / 102) / 102.
    [Fact]
    public void Interval_OfLabelledPictures_IsThatOfMatchedPairs()
    {
        var (low, high) = new PairedDrop(100, Lost: 5, Gained: 3).Interval();

        Assert.Equal(-3.791, low, 0.001);
        Assert.Equal(7.713, high, 0.001);
    }

    // Wilson's interval of 0 of n ends at z^2 / (n + z^2).
    [Fact]
    public void Interval_WithoutADisagreement_StillReachesAboveZero()
    {
        var (low, high) = new PairedDrop(60, Lost: 0, Gained: null).Interval();

        Assert.Equal(0, low);
        Assert.Equal(6.017, high, 0.001);
    }

    // The textbook's example: 81 of 263 gives 0.255 to 0.366.
    [Fact]
    public void Interval_OfDisagreements_IsWilsons()
    {
        var (low, high) = new PairedDrop(263, Lost: 81, Gained: null).Interval();

        Assert.Equal(25.53, low, 0.01);
        Assert.Equal(36.62, high, 0.01);
    }
}
