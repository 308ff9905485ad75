using LatencyLab.Inference.Measurement;

namespace LatencyLab.Tests.Measurement;

public class PercentileTests
{
    [Theory]
    [InlineData(0.90, 64)]
    [InlineData(0.95, 130)]
    [InlineData(0.99, 662)]
    [InlineData(0.999, 6636)]
    public void MinimumSamples_OfAPercentile_IsThePublishedCount(double p, int expected) =>
        Assert.Equal(expected, Percentile.MinimumSamples(p));

    [Fact]
    public void Of_BetweenTwoSamples_Interpolates()
    {
        Assert.Equal(2.5, Percentile.Of([1, 2, 3, 4], 0.5));
        Assert.Equal(1, Percentile.Of([1, 2, 3, 4], 0));
        Assert.Equal(4, Percentile.Of([1, 2, 3, 4], 1));
        Assert.Equal(7, Percentile.Of([7], 0.5));
    }

    [Fact]
    public void OfEnough_BelowTheMinimum_IsAbsent()
    {
        var samples = Enumerable.Range(0, 64).Select(i => (double)i).ToArray();

        Assert.Null(Percentile.OfEnough(samples.AsSpan(0, 63), 0.9));
        Assert.NotNull(Percentile.OfEnough(samples, 0.9));
        Assert.Null(Percentile.OfEnough(samples, 0.95));
    }

    [Theory]
    [InlineData(100, 40, 61)] // The textbook ranks of the median's 95 % interval.
    [InlineData(10, 2, 9)]
    public void Interval_OfTheMedian_HasTheTextbookRanks(int count, int low, int high)
    {
        var ranks = Enumerable.Range(1, count).Select(rank => (double)rank).ToArray();

        Assert.Equal((low, high), Percentile.Interval(ranks, 0.5));
    }

    [Fact]
    public void Interval_OverManySimulatedRuns_CoversTheTrueMedianAtLeastAsOftenAsPromised()
    {
        var random = new Random(4);
        var covered = 0;
        for (var run = 0; run < 1000; run++)
        {
            var samples = Enumerable.Range(0, 60).Select(_ => -Math.Log(random.NextDouble())).Order().ToArray();
            var (low, high) = Percentile.Interval(samples, 0.5);
            covered += low <= Math.Log(2) && Math.Log(2) <= high ? 1 : 0;
        }
        Assert.InRange(covered, 940, 990);
    }
}
