using Bunit;
using LatencyLab.Web.Comparisons;
using LatencyLab.Web.Components.Pages;
using LatencyLab.Web.History;
using LatencyLab.Web.History.Kinds;
using LatencyLab.Web.History.Transfer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LatencyLab.Tests.Components;

public sealed class HistoryPageTests : HistoryComponentTest
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Services.AddSingleton(History.Get<RunKinds>());
        Services.AddSingleton(History.Get<IHistoryImporter>());
        Services.AddSingleton(new ComparisonStore(Options.Create(new WebLimits())));
        Services.AddSingleton(Options.Create(new HistoryOptions()));
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public void AnEmptyHistory_SaysWhatToDo()
    {
        var page = Render<HistoryPage>();

        page.WaitForAssertion(() => Assert.Contains("Nothing was measured yet", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Runs_AreListedWithLinkAndFigures()
    {
        await SaveAsync("c1");

        var page = Render<HistoryPage>();

        var row = page.WaitForElement("tbody tr");
        Assert.Equal("/comparisons/c1", row.QuerySelector("th a")!.GetAttribute("href"));
        Assert.Contains("AMD EPYC 9B14 · 2 cores", TextOf(row), StringComparison.Ordinal);
        Assert.Contains("INT8", TextOf(row), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoChosenRuns_CanBeCompared()
    {
        await SaveAsync("c1");
        await SaveAsync("c2");
        var page = Render<HistoryPage>();
        page.WaitForElements("tbody tr", 2);

        page.FindAll("tbody input")[0].Change(true);
        page.FindAll("tbody input")[1].Change(true);

        Assert.Matches("^/history/compare/c[12]/c[12]$", page.Find(".actions .plain-button").GetAttribute("href"));
    }

    [Fact]
    public async Task Delete_AsksOnceMore_ThenTheRunIsGone()
    {
        await SaveAsync("c1");
        var page = Render<HistoryPage>();
        page.WaitForElement("tbody tr");

        page.Find("button[aria-label='Delete cat.jpg']").Click();
        Assert.NotNull(await History.Runs.FindAsync("c1", default));
        page.Find("button.danger").Click();

        page.WaitForAssertion(() => Assert.Contains("Nothing was measured yet", page.Markup, StringComparison.Ordinal));
        Assert.Null(await History.Runs.FindAsync("c1", default));
    }

    [Fact]
    public async Task AFilter_ThatNothingPasses_SaysSo()
    {
        await SaveAsync("c1");
        var page = Render<HistoryPage>();
        page.WaitForElement("tbody tr");

        page.Find("input[type=search]").Change("zebra");

        page.WaitForAssertion(() => Assert.Contains("No run passes this filter", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task TwoRuns_SideBySide_HaveAVerdictAVariant()
    {
        await SaveAsync("c1");
        var faster = Example.Result("c2");
        await History.Runs.SaveAsync("c2", faster.CreatedAt, faster with
        {
            Variants = [.. faster.Variants.Select(variant => variant.Id == "int8" ? Example.Variant("int8", 0.1) : variant)],
        });

        var page = Render<HistoryComparePage>(parameters => parameters.Add(compare => compare.A, "c1").Add(compare => compare.B, "c2"));

        page.WaitForAssertion(() => Assert.Equal(["No evidence", "No evidence", "Faster"], page.FindAll(".verdict strong").Select(cell => cell.TextContent)));
    }

    private Task SaveAsync(string id)
    {
        var result = Example.Result(id);
        return History.Runs.SaveAsync(id, result.CreatedAt, result);
    }
}
