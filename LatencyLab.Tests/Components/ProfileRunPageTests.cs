using Bunit;
using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Sweeps;
using LatencyLab.Inference.Sweeps.ColdStart;
using LatencyLab.Tests.History;
using LatencyLab.Tests.Sweeps;
using LatencyLab.Web.Components.Charts;
using LatencyLab.Web.Components.Pages;
using LatencyLab.Web.History;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LatencyLab.Tests.Components;

public class ProfileRunPageTests : ComponentTest
{
    private readonly NoHistory _history = new();
    private bool _readOnly;

    public ProfileRunPageTests()
    {
        Services.AddSingleton<IRunHistory>(_history);
        Services.AddSingleton(_ => Options.Create(new HistoryOptions { ReadOnly = _readOnly }));
    }

    [Fact]
    public void AProfile_ThatIsNotThere_SaysSo() => Assert.Contains("There is no such profile", TextOf(Open().Find("[role=alert]")), StringComparison.Ordinal);

    [Fact]
    public void AProfile_ThatRuns_ShowsItsProgressAndCanBeCancelledAndGoneOnWith()
    {
        Profiles.Become(SweepExample.Id, JobState.Running);
        var page = Open();
        Assert.Contains("Int8, 32 px, batch 4 about 12 s left", TextOf(page.Find(".job-progress")), StringComparison.Ordinal);

        page.Find(".job-progress button").Click();
        Assert.Equal("Interrupted", TextOf(page.Find(".state h2")));
        page.Find(".state .actions button").Click();

        Assert.Equal([$"cancel {SweepExample.Id}", $"resume {SweepExample.Id}"], Profiles.Asked);
        Assert.Equal("Measuring", TextOf(page.Find(".state h2")));
    }

    [Fact]
    public void AProfile_ThatEndsWhileItIsWatched_ShowsItsResultAndAnnouncesIt()
    {
        Profiles.Become(SweepExample.Id, JobState.Running);
        var page = Open();

        Profiles.Become(SweepExample.Id, JobState.Done, SweepExample.Result());

        page.WaitForAssertion(() => Assert.Equal("INT8 answers the most: 1,600 pictures a second at batch 4", TextOf(page.Find("h1"))));
        Assert.StartsWith("INT8 answers the most", TextOf(page.Find("[role=status]")), StringComparison.Ordinal);
    }

    [Fact]
    public void AProfile_ThatFailed_SaysWhyAndCanBeDiscarded()
    {
        Profiles.Become(SweepExample.Id, JobState.Failed, message: "INT8 is not ready: no calibration pictures");
        var page = Open();

        Assert.Contains("no calibration pictures", TextOf(page.Find("[role=alert]")), StringComparison.Ordinal);
        page.FindAll(".state .actions button")[1].Click();

        Assert.Equal([$"remove {SweepExample.Id}"], Profiles.Asked);
        Assert.Equal([SweepExample.Id], _history.Deleted);
    }

    [Fact]
    public void AProfile_DiscardedWhereTheHistoryIsReadOnly_StaysInIt()
    {
        _readOnly = true;
        Profiles.Become(SweepExample.Id, JobState.Cancelled);

        Open().FindAll(".state .actions button")[1].Click();

        Assert.Equal([$"remove {SweepExample.Id}"], Profiles.Asked);
        Assert.Empty(_history.Deleted);
    }

    [Fact]
    public void AResult_HasHeatMapsWhoseShadesFollowTheNumbers()
    {
        var page = Done(SweepExample.Result(32, 64));

        Assert.Equal(["Latency, median", "Throughput", "Peak memory", "Arena, peak in use"], page.FindAll(".map h3").Select(TextOf));
        var rows = page.FindAll(".map")[0].QuerySelectorAll("tbody tr");
        Assert.Equal(["Control 32 px", "Control 64 px", "INT8 32 px", "INT8 64 px"], rows.Select(row => TextOf(row.QuerySelector("th")!)));
        Assert.Equal("2.50 ms", TextOf(rows[0].QuerySelector("td")!));
        var shades = rows[0].QuerySelectorAll("td").Select(Shade).ToArray();
        Assert.Equal(shades.Order(), shades);
        Assert.True(Shade(rows[1].QuerySelector("td")!) > Shade(rows[0].QuerySelector("td")!));
    }

    [Fact]
    public void TheArena_OfEachCell_IsInTheMapAndTheTable()
    {
        var page = Done(SweepExample.Result());

        Assert.Equal("4.50 MB", TextOf(page.FindAll(".map")[3].QuerySelector("td")!));
        var table = page.Find("details table");
        Assert.Equal("Arena", TextOf(table.QuerySelectorAll("thead th")[7]));
        Assert.Equal("4.50 MB", TextOf(table.QuerySelectorAll("tbody tr")[0].Children[7]));
    }

    [Fact]
    public void TheArena_OfARuntimeThatDoesNotTell_HasNoMap()
    {
        var result = SweepExample.Result();

        var page = Done(result with { Cells = [.. result.Cells.Select(cell => cell with { ArenaBytes = null })] });

        Assert.Equal(["Latency, median", "Throughput", "Peak memory"], page.FindAll(".map h3").Select(TextOf));
        Assert.Equal("–", TextOf(page.FindAll("details tbody tr")[0].Children[7]));
    }

    [Fact]
    public void ACell_ThatFailed_SaysWhy()
    {
        var result = SweepExample.Result();
        var page = Done(result with
        {
            Cells = [.. result.Cells.Select((cell, index) => index == 5
                ? cell with { P50Ms = null, ThroughputPerSecond = null, PeakMemoryBytes = null, ArenaBytes = null, Failure = "out of memory: needs 9.9 GB at least" } : cell)],
        });

        Assert.Contains("failed", TextOf(page.FindAll(".map")[0]), StringComparison.Ordinal);
        Assert.Contains("INT8, 32 px, batch 4 out of memory: needs 9.9 GB at least", TextOf(page.Find(".failed")), StringComparison.Ordinal);
    }

    [Fact]
    public void Latency_IsDrawnWithItsFittedLineAndTheLawInWords()
    {
        var page = Done(SweepExample.Result());

        var drawn = Sent();
        Assert.Equal(["Control", "INT8", "Control, fitted line", "INT8, fitted line"], drawn.Series.Select(series => series.Name));
        Assert.Contains("INT8 takes 0.500 ms for a run and 0.500 ms for each picture", TextOf(page.Find(".laws")), StringComparison.Ordinal);
    }

    [Fact]
    public void TheStart_AsATable_HasTheColdStartAndEachRunAfterIt()
    {
        var page = Done(SweepExample.Result());

        page.FindAll(".curves .choices input")[2].Change(true);
        Assert.Equal(["Cold start: 41.0 ms", "Warm-up run 1: 3.00 ms", "Warm-up run 2: 2.20 ms", "Warm-up run 3: 1.90 ms"],
            Sent().Series[0].Points.Select(point => point.Text.Replace('\u2009', ' ')));
        page.FindAll(".curves .head input")[1].Change(true);

        Assert.Equal("Cold start 41.0 ms 41.0 ms", TextOf(page.Find(".curves tbody tr")));
    }

    [Fact]
    public void ColdStarts_TooFewToExplain_SaySoPlainly() => Assert.Equal(
        "Too few runs: 12 cold starts, 30 are needed. Raise the repetitions or add cells.", TextOf(Done(SweepExample.Result()).Find(".cold .sentence")));

    [Fact]
    public void ColdStarts_ThatAreExplained_ListTheFeaturesByImportance()
    {
        var page = Done(SweepExample.Result() with
        {
            ColdStart = new ColdStartExplanation
            {
                Runs = 60, MinRuns = 30, R2 = 0.8, Verdict = "The features explain 80 % of the differences between 60 cold starts, in runs that were held out.",
                Features =
                [
                    new FeatureImportance("during.process.minorFaults", 0.9, 0.05) { Unit = "1/s", Description = "Pages touched for the first time." },
                    // As profiles of older versions have it.
                    new FeatureImportance("cell.batch", 0.2, 0.01),
                ],
            },
        });

        Assert.Equal(
            ["process.minorFaults 1/s Pages touched for the first time. during the start 0.900 0.0500", "batch known of the cell 0.200 0.0100"], page.FindAll(".cold tbody tr").Select(TextOf));
        Assert.Equal("true", page.Find(".cold .sentence").GetAttribute("data-known"));
    }

    private static double Shade(AngleSharp.Dom.IElement cell) =>
        double.Parse(cell.GetAttribute("style")!["--heat: ".Length..].TrimEnd('%'), System.Globalization.CultureInfo.InvariantCulture);

    private CurveChartData Sent() => Assert.IsType<CurveChartData>(
        CurveCharts.Invocations.Concat(CurveChart.Invocations).Last(call => call.Identifier is "create" or "update").Arguments[^1]);

    private IRenderedComponent<ProfileRunPage> Open() => Render<ProfileRunPage>(parameters => parameters.Add(page => page.ProfileId, SweepExample.Id));

    private IRenderedComponent<ProfileRunPage> Done(SweepResult result)
    {
        Profiles.Become(SweepExample.Id, JobState.Done, result);
        return Open();
    }
}
