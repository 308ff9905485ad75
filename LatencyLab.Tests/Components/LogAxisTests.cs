using LatencyLab.Web.Components.Charts;

namespace LatencyLab.Tests.Components;

public class LogAxisTests
{
    [Fact]
    public void PositionOf_Values_AreInsideAndEvenlySpacedByFactor()
    {
        var axis = new LogAxis([1, 10, 100]);

        var (low, middle, high) = (axis.PositionOf(1), axis.PositionOf(10), axis.PositionOf(100));

        Assert.InRange(low, 0, 0.1);
        Assert.InRange(high, 0.9, 1);
        Assert.Equal(middle - low, high - middle, 12);
    }

    [Fact]
    public void Ticks_TwoDecades_AreRound() => Assert.Equal([1, 2, 5, 10, 20], new LogAxis([0.9, 22]).Ticks, (left, right) => Math.Abs(left - right) < 1e-9);

    [Fact]
    public void PositionOf_OneValueOnly_IsFinite() => Assert.InRange(new LogAxis([2, 2]).PositionOf(2), 0, 1);

    [Fact]
    public void PositionOf_NoValues_IsFinite() => Assert.True(double.IsFinite(new LogAxis([]).PositionOf(1)));
}
