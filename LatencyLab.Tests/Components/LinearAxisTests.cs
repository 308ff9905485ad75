using LatencyLab.Web.Components.Charts;

namespace LatencyLab.Tests.Components;

public class LinearAxisTests
{
    [Theory]
    [InlineData(16, new[] { 0.0, 2, 4, 6, 8, 10, 12, 14, 16 })]
    [InlineData(4, new[] { 0.0, 1, 2, 3, 4 })]
    [InlineData(0.9, new[] { 0, 0.2, 0.4, 0.6, 0.8, 1 })]
    public void Ticks_UpToTheHighestValue_AreRoundAndEvenlySpaced(double highest, double[] ticks) =>
        Assert.Equal(ticks, new LinearAxis([highest, 0.1]).Ticks, (left, right) => Math.Abs(left - right) < 1e-9);

    [Fact]
    public void PositionOf_Values_IsTheirShareOfTheAxis()
    {
        var axis = new LinearAxis([7]);

        Assert.Equal(0, axis.PositionOf(0));
        Assert.Equal(1, axis.PositionOf(axis.Ticks[^1]), 12);
        Assert.InRange(axis.PositionOf(7), 0.75, 1);
    }

    [Fact]
    public void NoValues_HaveAnAxisAllTheSame() => Assert.Equal(0.5, new LinearAxis([]).PositionOf(0.5), 12);
}
