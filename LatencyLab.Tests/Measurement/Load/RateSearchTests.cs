using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Measurement.Load.Search;

namespace LatencyLab.Tests.Measurement.Load;

public class RateSearchTests
{
    private const double ServiceMs = 10;
    private const double BoundMs = 50;

    [Theory]
    [InlineData(662, 1, true)]
    [InlineData(661, 1, null)]
    [InlineData(661, 0, null)] // None too slow would do from 459 on, but a p99 is not shown below 662.
    [InlineData(10_000, 75, true)]
    [InlineData(10_000, 100, null)]
    [InlineData(10_000, 130, false)]
    [InlineData(3, 3, false)]
    [InlineData(1, 0, null)]
    public void Verdict_OfRequestsTooSlow_FollowsTheBinomialRule(long requests, long tooSlow, bool? expected) =>
        Assert.Equal(expected, EarlyStopping.Verdict(requests, tooSlow, 0.99));

    [Fact]
    public void Verdict_WhereTheBoundIsJustMissed_IsSeldomThatItIsKept()
    {
        var random = new Random(2);
        var passed = Enumerable.Range(0, 2000).Count(_ =>
            EarlyStopping.Verdict(2000, Enumerable.Range(0, 2000).Count(_ => random.NextDouble() < 0.0101), 0.99) == true);

        Assert.InRange(passed, 0, 40);
    }

    [Fact]
    public async Task Search_OfOneServer_FindsTheRateAtWhichItsQueueMeetsTheBound()
    {
        var result = await SearchAsync(BoundMs);

        var (passed, failed) = (Assert.NotNull(result.RatePerSecond), Assert.NotNull(result.FailedRatePerSecond));
        Assert.InRange(passed, 40, 100);
        Assert.InRange(failed, passed, passed / 0.95);
        // An independent reference: the waiting times of such a queue, one after the other.
        Assert.InRange(P99OfQueue(0.95 * passed), ServiceMs, BoundMs);
        Assert.InRange(P99OfQueue(1.15 * failed), BoundMs, double.MaxValue);
    }

    [Fact]
    public async Task Search_ReportsEveryTrialAndStopsThemEarly()
    {
        var result = await SearchAsync(BoundMs);

        Assert.Equal([10, 20, 40, 80], result.Trials.Take(4).Select(trial => trial.RatePerSecond));
        Assert.Contains(result.Trials, trial => trial.Verdict == RateVerdict.Passed && trial.Result.DurationMs < 600_000);
        Assert.All(result.Trials, trial => Assert.True(trial.Requests >= 662 || trial.Verdict != RateVerdict.Passed));
    }

    [Fact]
    public async Task Search_WhereNothingKeepsTheBound_EndsWithoutARate()
    {
        var result = await SearchAsync(ServiceMs / 2);

        Assert.Null(result.RatePerSecond);
        Assert.All(result.Trials, trial => Assert.NotEqual(RateVerdict.Passed, trial.Verdict));
    }

    [Fact]
    public async Task Search_FromARateWithTooFewRequests_GoesOnToHigherOnes()
    {
        var result = await SearchAsync(BoundMs, TimeSpan.FromSeconds(30));

        Assert.Equal(RateVerdict.Undecided, result.Trials[0].Verdict);
        Assert.InRange(Assert.NotNull(result.RatePerSecond), 30, 80);
    }

    private static Task<RateSearchResult> SearchAsync(double boundMs, TimeSpan? trialLimit = null)
    {
        var time = new VirtualTime();
        var target = new VirtualTarget(time, _ => TimeSpan.FromMilliseconds(ServiceMs));
        var options = new RateSearchOptions { Bound = TimeSpan.FromMilliseconds(boundMs), TrialLimit = trialLimit ?? TimeSpan.FromMinutes(20) };
        return RateSearch.RunAsync(target, options, null, () => time, CancellationToken.None);
    }

    /// <summary>p99 of the time in an M/D/1 queue by Lindley's recursion.</summary>
    private static double P99OfQueue(double ratePerSecond)
    {
        var random = new Random(8);
        var waits = new double[200_000];
        for (var i = 1; i < waits.Length; i++)
        {
            var gapMs = -Math.Log(1 - random.NextDouble()) * 1000 / ratePerSecond;
            waits[i] = Math.Max(0, waits[i - 1] + ServiceMs - gapMs);
        }
        Array.Sort(waits);
        return Percentile.Of(waits, 0.99) + ServiceMs;
    }
}
