using AngleSharp.Dom;
using Bunit;
using LatencyLab.Inference.Jobs;
using LatencyLab.Tests.Measurement.Load;
using LatencyLab.Web.Components.Pages;
using LatencyLab.Web.Loads;
using Microsoft.Extensions.DependencyInjection;

namespace LatencyLab.Tests.Components;

public sealed class LoadPageTests : HistoryComponentTest
{
    private readonly FakeLoadService _loads = new();

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Services.AddSingleton<ILoadService>(_loads);
    }

    [Fact]
    public void TheChosenModel_RemovedBySomebodyElse_GivesWayToTheFirst()
    {
        var page = Render<LoadPage>();
        page.WaitForElement("form");
        Field(page, "Model").Change("small");
        page.WaitForAssertion(() => Assert.Equal("small", Field(page, "Model").GetAttribute("value")));

        _loads.GoneId = "small";

        page.WaitForAssertion(() => Assert.Equal("cifar10_resnet9", Field(page, "Model").GetAttribute("value")));
    }

    [Fact]
    public void AnOpenLoop_IsStartedAsItWasDescribed()
    {
        var page = Render<LoadPage>();

        Field(page, "Variant").Change("int8");
        Field(page, "Picture").Change("frog.jpg");
        Field(page, "Schedule").Change("ramp");
        Field(page, "From, a second").Change("10");
        Field(page, "To, a second").Change("250.5");
        Field(page, "Measure").Change("20");
        page.Find("form").Submit();

        page.WaitForAssertion(() => Assert.NotNull(_loads.Started));
        Assert.Equal(
            new LoadSettings
            {
                ModelId = "cifar10_resnet9", VariantId = "int8", ImageId = "frog.jpg", Schedule = "ramp", FromRatePerSecond = 10, RatePerSecond = 250.5, DurationSeconds = 20,
            },
            _loads.Started);
        page.WaitForAssertion(() => Assert.Equal("25", page.Find("[role=progressbar]").GetAttribute("aria-valuenow")));
    }

    [Fact]
    public void AClosedLoop_AsksForClientsInsteadOfARate()
    {
        var page = Render<LoadPage>();

        page.FindAll("fieldset input")[1].Change(true);
        page.WaitForAssertion(() => Assert.DoesNotContain("Requests a second", TextOf(page.Find("form")), StringComparison.Ordinal));
        Field(page, "Clients").Change("4");
        page.Find("form").Submit();

        page.WaitForAssertion(() => Assert.Equal((true, 4, null), (_loads.Started!.ClosedLoop, _loads.Started.Clients, _loads.Started.RatePerSecond)));
    }

    [Fact]
    public void Pictures_ToChooseFrom_AreTheDrawnOneAndTheSamples()
    {
        var page = Render<LoadPage>();

        var options = Field(page, "Picture").QuerySelectorAll("option").Select(TextOf).ToArray();
        page.Find("form").Submit();

        Assert.Equal(["Drawn, 640 × 480", "Sample: Airplane"], options.Take(2));
        page.WaitForAssertion(() => Assert.Null(_loads.Started!.ImageId));
    }

    [Theory]
    [InlineData("50", "About 750 requests; the p99 needs 662 answers.")]
    [InlineData("10", "About 150 requests: too few for a p99, which needs 662 answers.")]
    public void TheForm_SaysBeforehandWhetherThereWillBeAP99(string rate, string expected)
    {
        var page = Render<LoadPage>();

        Field(page, "Requests a second").Change(rate);

        page.WaitForAssertion(() => Assert.Contains(expected, TextOf(page.Find("form")), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Requests a second", "0", "`rate` must be above 0")]
    [InlineData("Measure", "600", "60 seconds together at most")]
    public void ALoad_ThatMakesNoSense_IsRefusedWithTheFix(string field, string value, string reason)
    {
        var page = Render<LoadPage>();

        Field(page, field).Change(value);
        page.Find("form").Submit();

        page.WaitForAssertion(() => Assert.Contains(reason, TextOf(page.Find("[role=alert]")), StringComparison.Ordinal));
        Assert.Null(_loads.Started);
    }

    [Fact]
    public void AFullQueue_IsSaid()
    {
        _loads.QueueIsFull = true;
        var page = Render<LoadPage>();

        page.Find("form").Submit();

        page.WaitForAssertion(() => Assert.Contains("Too many jobs are waiting", TextOf(page.Find("[role=alert]")), StringComparison.Ordinal));
    }

    [Fact]
    public void Cancel_StopsTheRunAndSaysSo()
    {
        _loads.Become(JobState.Running);
        var page = Render<LoadPage>();

        page.WaitForElement(".job button").Click();

        page.WaitForAssertion(() => Assert.Contains("Cancelled", TextOf(page.Find(".job")), StringComparison.Ordinal));
        Assert.Equal([FakeLoadService.JobId], _loads.Cancelled);
    }

    [Fact]
    public async Task ARunThatHasEnded_ShowsItsFiguresAndItsPlaceInTheHistory()
    {
        _loads.Become(JobState.Running);
        var page = Render<LoadPage>();
        page.WaitForAssertion(() => Assert.Contains("None was measured yet", TextOf(page.Find(".stored")), StringComparison.Ordinal));

        var result = LoadExample.Result(_ => 2);
        await History.Runs.SaveAsync("run1", DateTimeOffset.UnixEpoch, result);
        _loads.Become(JobState.Done, result, "run1");

        page.WaitForAssertion(() => Assert.Equal(["/history/run1"], page.FindAll(".stored li a").Select(link => link.GetAttribute("href"))));
        var report = page.Find(".job");
        Assert.Contains("Median 2.00 ms", TextOf(report), StringComparison.Ordinal);
        Assert.Contains("3,000", TextOf(report), StringComparison.Ordinal);
        Assert.Equal("/history/run1", report.QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public void AnotherModel_BringsItsOwnVariants()
    {
        var page = Render<LoadPage>();

        Field(page, "Model").Change("small");

        page.WaitForAssertion(() => Assert.Single(Field(page, "Variant").QuerySelectorAll("option")));
    }

    private static IElement Field(IRenderedComponent<LoadPage> page, string label) =>
        page.FindAll("form label").Single(field => TextOf(field).StartsWith(label, StringComparison.Ordinal)).QuerySelector("input, select")!;
}
