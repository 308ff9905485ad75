using LatencyLab.Inference.Measurement.Load;

namespace LatencyLab.Tests.Measurement.Load;

public class SampleDependenceTests
{
    private const int Runs = 100;

    [Fact]
    public void IndependentLatencies_AreWorthAboutAsManyAsTheyAre()
    {
        var effects = Enumerable.Range(0, 20).Select(seed => SampleDependence.DesignEffect(LoadExample.Independent(2, seed))!.Value).ToArray();

        Assert.InRange(effects.Average(), 1, 2);
    }

    [Fact]
    public void LatenciesThatAreAlike_HaveAnIntervalThatStillCoversTheTrueMedian()
    {
        var runs = Enumerable.Range(0, Runs).Select(seed => LoadExample.Alike(2, seed)).ToArray();

        var naive = runs.Count(run => Covers(run.P50Ci95Ms));
        var allowedFor = runs.Count(run => Covers(SampleDependence.IntervalMs(run, 0.5)));

        // Taken as independent, 3,000 latencies promise what they cannot keep.
        Assert.InRange(naive, 0, 0.5 * Runs);
        Assert.InRange(allowedFor, 0.9 * Runs, Runs);
    }

    [Fact]
    public void ARunOfAFewSeconds_CannotTell() => Assert.Null(SampleDependence.IntervalMs(LoadExample.Independent(2, 1, seconds: 9), 0.5));

    [Fact]
    public void APercentile_ForWhichTheLatenciesAreWorthTooLittle_HasNoInterval()
    {
        var run = LoadExample.Alike(2, seed: 3);

        Assert.True(run.Samples > 662);
        Assert.Null(SampleDependence.IntervalMs(run, 0.99));
    }

    private static bool Covers(double[]? interval) => interval is [var low, var high] && low <= 2 && 2 <= high;
}
