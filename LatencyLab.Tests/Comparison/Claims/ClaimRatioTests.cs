using LatencyLab.Inference.Comparison.Claims;
using LatencyLab.Inference.Measurement;

namespace LatencyLab.Tests.Comparison.Claims;

public class ClaimRatioTests
{
    [Theory]
    // The longer arm, rounded up to one digit.
    [InlineData(2.4, 2.31, 2.5, "2.4× ± 0.1")]
    [InlineData(2.4, 2.31, 2.47, "2.40× ± 0.09")]
    [InlineData(4.37, 4.35, 4.391, "4.37× ± 0.03")]
    [InlineData(87.3, 84.2, 90.1, "87× ± 4")]
    // Narrower than the last digit: still not without a margin.
    [InlineData(1.2, 1.1999, 1.2001, "1.20× ± 0.01")]
    [InlineData(1.19, 1.19, 1.2, "1.19× ± 0.01")]
    // Unequal arms, or a margin that would reach 1: the interval itself.
    [InlineData(2.4, 2.38, 3.1, "2.4× (2.38 to 3.10)")]
    [InlineData(1.3, 1.02, 1.7, "1.3× (1.02 to 1.70)")]
    [InlineData(1.02, 1.002, 1.03, "1.02× (1.002 to 1.03)")]
    public void Text_OfARatio_HasTheMarginThatItsIntervalAllows(double value, double low, double high, string expected) =>
        Assert.Equal(expected, new ClaimRatio(value, low, high).Text);

    [Fact]
    public void Of_ASlowdown_IsTurnedOverWithItsInterval()
    {
        var ratio = ClaimRatio.Of(new Speedup(0.5, [0.4, 0.625]));

        Assert.Equal((2, 1.6, 2.5), (ratio.Value, ratio.Low, ratio.High));
    }

    [Theory]
    [InlineData(0.9996, 1.2, "0.9996 to 1.20")]
    [InlineData(1, 1.2, "1.00 to 1.20")]
    [InlineData(9.5, 12.34, "9.50 to 12.3")]
    public void IntervalText_OfAnEndNearOne_NeverReadsAsOne(double low, double high, string expected) =>
        Assert.Equal(expected, new ClaimRatio(1.1, low, high).IntervalText);
}
