using Bunit;
using LatencyLab.Inference.Measurement.Load;
using LatencyLab.Tests.Measurement.Load;
using LatencyLab.Web.Components.Charts;
using LatencyLab.Web.Components.Loads;

namespace LatencyLab.Tests.Components;

public class LoadRunPageTests : ComponentTest
{
    // One second of sixty stalls: the intended starts know it, the naive figures do not.
    private readonly LoadResult _stalled = LoadExample.Result(index => index is >= 500 and < 550 ? 1000 - (20 * (index - 500)) : 2);

    [Fact]
    public void Latencies_WithAStall_SayWhatTheNaiveFigureHides()
    {
        var panel = Render<LoadLatencies>(parameters => parameters.Add(latencies => latencies.Result, _stalled));

        Assert.Contains("Coordinated omission: the naive p99 says 5.00 ms, and who asked on time waited", TextOf(panel.Find(".panel-lede")), StringComparison.Ordinal);
        Assert.Equal(["From the intended start", "Naive: from the actual start"], Sent().Series.Select(series => series.Name));
    }

    [Fact]
    public void TheToggle_LeavesTheNaiveCurveOutAndBringsItBack()
    {
        var panel = Render<LoadLatencies>(parameters => parameters.Add(latencies => latencies.Result, _stalled));

        panel.Find(".toggle input").Change(false);
        Assert.Equal(["From the intended start"], Sent().Series.Select(series => series.Name));
        panel.Find(".toggle input").Change(true);

        Assert.Equal(2, Sent().Series.Count);
    }

    [Fact]
    public void AsATable_ThePercentilesEndWhereTheSamplesDo()
    {
        var panel = Render<LoadLatencies>(parameters => parameters.Add(latencies => latencies.Result, _stalled));

        panel.FindAll(".head input")[1].Change(true);

        // Of 3,000 samples none is rare enough for 99.9 %.
        Assert.Equal(["0 %", "50 %", "90 %", "95 %", "99 %"], panel.FindAll("tbody th").Select(TextOf));
    }

    [Fact]
    public void TheTimeline_HasTheStallInItsSecond()
    {
        Render<LoadTimeline>(parameters => parameters.Add(timeline => timeline.Result, _stalled));

        var longest = Sent().Series.Single(series => series.Name == "longest").Points;
        Assert.Equal(10, longest.ToList().FindIndex(point => point.Y == longest.Max(other => other.Y)));
    }

    [Fact]
    public void Requests_WithoutAnAnswer_AreCountedByKind()
    {
        var facts = Render<LoadFacts>(parameters => parameters.Add(load => load.Result, _stalled with
        {
            Unsent = 7, Failures = new Dictionary<string, long> { ["queue-full"] = 3 },
        }));

        Assert.Contains("Not sent 7", TextOf(facts.Find("dl")), StringComparison.Ordinal);
        Assert.Contains("Not answered 3 queue-full", TextOf(facts.Find("dl")), StringComparison.Ordinal);
    }

    [Fact]
    public void Facts_OfACutRecording_SayWhatWasLeftOutAndWhichPictureWasSent()
    {
        var facts = Render<LoadFacts>(parameters => parameters.Add(load => load.Result, _stalled with
        {
            Schedule = "recorded", LeftOut = 6, Target = _stalled.Target with { Pictures = ["cat.jpg"] },
        }));
        var whole = Render<LoadFacts>(parameters => parameters.Add(load => load.Result, _stalled with { Schedule = "recorded", LeftOut = 0 }));

        Assert.Contains("Left out 6 recorded arrivals", TextOf(facts.Find("dl")), StringComparison.Ordinal);
        Assert.Contains("Picture cat.jpg", TextOf(facts.Find("dl")), StringComparison.Ordinal);
        Assert.DoesNotContain("Left out", TextOf(whole.Find("dl")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(50, false)]
    [InlineData(30, true)]
    public void ALoad_ThatIsNotKeptUpWith_IsCalledSo(double achieved, bool expected)
    {
        var facts = Render<LoadFacts>(parameters => parameters.Add(load => load.Result, _stalled with { AchievedRps = achieved }));

        Assert.Equal(expected, TextOf(facts.Find("section")).Contains("It did not keep up", StringComparison.Ordinal));
    }

    private CurveChartData Sent() => Assert.IsType<CurveChartData>(
        CurveCharts.Invocations.Concat(CurveChart.Invocations).Last(call => call.Identifier is "create" or "update").Arguments[^1]);
}
