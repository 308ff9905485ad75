using System.Text.Json;
using Bunit;
using LatencyLab.Tests.Live;
using LatencyLab.Web.Components.Live;
using LatencyLab.Web.Components.Pages;
using LatencyLab.Web.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;

namespace LatencyLab.Tests.Components;

public class LivePageTests : LivePageTest
{
    [Fact]
    public void ThePage_BeforeAnyRun_InvitesToStart()
    {
        var page = Render<LivePage>();

        Assert.Equal("Latency, live", TextOf(page.Find("h1")));
        Assert.Equal("No run yet. Press Start, or the space bar.", TextOf(page.Find(".empty")));
        Assert.Equal("Start", TextOf(page.Find(".bar .primary")));
        Assert.True(page.Find("details.setup").HasAttribute("open"));
        Assert.Equal("cifar10-residual", page.Find("#live-model").GetAttribute("value"));
    }

    [Fact]
    public void ThePage_AfterARunOfAModelThatWasRemoved_OffersTheFirst()
    {
        Session.Become(status => status with { ModelId = "removed" });

        Assert.Equal("cifar10-residual", Render<LivePage>().Find("#live-model").GetAttribute("value"));
    }

    [Fact]
    public void Start_WithLessThanAll_AsksForWhatWasChosen()
    {
        var page = Render<LivePage>();

        page.FindAll(".variant input")[1].Change(false);
        page.WaitForAssertion(() => Assert.False(page.FindAll(".variant input")[1].HasAttribute("checked")));
        page.FindAll(".sample")[2].Click();
        page.WaitForAssertion(() => Assert.Equal("true", page.FindAll(".sample")[2].GetAttribute("aria-pressed")));
        page.Find(".bar .primary").Click();

        page.WaitForAssertion(() => Assert.NotNull(Session.Started));
        Assert.Equal("cifar10-residual", Session.Started!.ModelId);
        Assert.Equal(["control", "int8"], Session.Started.VariantIds!);
        Assert.Equal(["bird.jpg"], Session.Started.ImageIds);
    }

    [Fact]
    public void AFrame_GoesToTheChartsAsItIs_AndItsNumbersAreRead()
    {
        var page = Running();

        Session.Feed.Publish(LiveExample.Frame(1));

        page.WaitForAssertion(() => Assert.Single(LiveCharts.Invocations["push"]));
        var sent = JsonDocument.Parse((string)LiveCharts.Invocations["push"][0].Arguments[0]!).RootElement;
        Assert.Equal(8.4, sent.GetProperty("variants")[0].GetProperty("p50Ms").GetDouble());
        page.WaitForAssertion(() => Assert.Equal(
            ["Control Median 8.40 ms p95 12.6 ms p99 16.8 ms", "INT8 Median 3.10 ms p95 4.65 ms p99 in 262 answers"], page.FindAll(".tile").Select(TextOf)));
    }

    [Fact]
    public void Numbers_OfFramesWithinASecond_AreNotRenderedAgain()
    {
        var time = new ManualTime();
        Services.AddSingleton<TimeProvider>(time);
        var page = Running();
        Session.Feed.Publish(LiveExample.Frame(1));
        page.WaitForAssertion(() => Assert.Contains("8.40 ms", TextOf(page.Find(".tile")), StringComparison.Ordinal));

        PublishAndAwait(2, p50Ms: 9);
        Assert.Contains("8.40 ms", TextOf(page.Find(".tile")), StringComparison.Ordinal);

        time.Advance(TimeSpan.FromSeconds(1));
        PublishAndAwait(3, p50Ms: 10);
        page.WaitForAssertion(() => Assert.Contains("10.0 ms", TextOf(page.Find(".tile")), StringComparison.Ordinal));
    }

    [Fact]
    public void AViewer_WhoComesLater_IsSentWhatWasBeforeOneFrameASecond()
    {
        for (var number = 1; number <= 100; number++)
        {
            Session.Feed.Publish(LiveExample.Frame(number));
        }
        Session.BecomeRunning();

        var page = Render<LivePage>();

        page.WaitForAssertion(() => Assert.NotEmpty(LiveCharts.Invocations["reset"]));
        var before = JsonDocument.Parse((string)LiveCharts.Invocations["reset"][^1].Arguments[1]!).RootElement;
        Assert.InRange(before.GetArrayLength(), 20, 22);
        Assert.Equal(100, before[before.GetArrayLength() - 1].GetProperty("number").GetInt32());
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".tile").Count));
    }

    [Fact]
    public void AVariant_ThatFailed_SaysWhyBesideTheOthers()
    {
        var page = Running();
        var frame = LiveExample.Frame(1);

        Session.Feed.Publish(frame with { Variants = [frame.Variants[0], frame.Variants[1] with { Failure = "5 requests in a row had no answer." }] });

        page.WaitForAssertion(() => Assert.Equal("INT8 5 requests in a row had no answer.", TextOf(page.FindAll(".tile")[1])));
        Assert.Contains("8.40 ms", TextOf(page.FindAll(".tile")[0]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_SteerTheRun()
    {
        var page = Render<LivePage>();

        foreach (var key in new[] { "toggle", "toggle", "toggle", "faster", "slower", "slower", "record", "record", "stop" })
        {
            await page.InvokeAsync(() => page.Instance.OnKey(key));
        }

        Assert.NotNull(Session.Started);
        Assert.Equal(["pause", "resume", "stop"], Session.Asked);
        Assert.Equal(30, Session.Status.RatePerSecond);
        Assert.Equal("api/live/recording", page.Find(".save").GetAttribute("href"));
    }

    [Fact]
    public async Task TheHelp_ByItsKey_ComesAndGoes()
    {
        var page = Render<LivePage>();

        await page.InvokeAsync(() => page.Instance.OnKey("help"));
        Assert.Contains("Space start, pause, go on", TextOf(page.Find(".help")), StringComparison.Ordinal);
        await page.InvokeAsync(() => page.Instance.OnKey("close"));

        Assert.Empty(page.FindAll(".help"));
    }

    [Fact]
    public void Presenting_ByAddress_LeavesNothingToClick()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("live?present=1");

        var page = Render<LivePage>();

        Assert.Empty(page.FindAll("button, input, select, a"));
        Assert.Equal(true, Keys.Invocations["present"][0].Arguments[0]);
        Assert.Equal("No run yet. Press the space bar to start.", TextOf(page.Find(".empty")));
    }

    [Fact]
    public void TheTable_ShowsTheNumbersOfTheCharts()
    {
        var page = Running();
        Session.Feed.Publish(LiveExample.Frame(1));
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".tile")));

        page.FindAll(".segment input")[1].Change(true);

        page.WaitForAssertion(() => Assert.True(page.Find(".charts").HasAttribute("hidden")));
        Assert.Equal("Control 800 8.40 ms 12.6 ms 16.8 ms 40.2/s 39.9/s 0 0 3.36 ms 5.04 ms", TextOf(page.FindAll("tbody tr")[0]));
    }

    [Fact]
    public void TheStatusLine_SpeaksOfChangesAndNotOfFrames()
    {
        var page = Running();
        for (var number = 1; number <= 5; number++)
        {
            Session.Feed.Publish(LiveExample.Frame(number));
        }
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".tile")));
        Assert.Equal("Live.", TextOf(page.Find("[role=status]")));

        Session.Become(status => status with { State = LiveState.Stopped, Message = "Nobody watched for 5 minutes, so it was stopped." });

        page.WaitForAssertion(() => Assert.Equal("Nobody watched for 5 minutes, so it was stopped.", TextOf(page.Find("[role=status]"))));
        Assert.Contains("stopped", TextOf(page.Find("h1")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARecording_Opened_PlaysWithItsMachineAndDate()
    {
        var page = Render<LivePage>();

        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText(await LiveExample.TextOfAsync(LiveExample.Recording(20)), "live.json"));

        page.WaitForAssertion(() => Assert.Contains("Recorded 14 March 2026, 09:26 UTC on A processor of 1997", TextOf(page.Find(".replay")), StringComparison.Ordinal));
        Assert.Contains("No load runs here", TextOf(page.Find(".replay")), StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".bar"));
        Assert.Equal(0, Session.Feed.Watchers);
        page.WaitForAssertion(() => Assert.Contains("8.40 ms", TextOf(page.FindAll(".tile")[0]), StringComparison.Ordinal));
        page.FindAll(".replay button")[^1].Click();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".bar")));
    }

    [Fact]
    public void AFile_ThatIsNoRecording_IsExplained()
    {
        var page = Render<LivePage>();

        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("{}", "live.json"));

        page.WaitForAssertion(() => Assert.Contains("no recording of the Live page", TextOf(page.Find("[role=alert]")), StringComparison.Ordinal));
        Assert.Empty(page.FindAll(".replay"));
    }

    [Fact]
    public async Task ALeftPage_WatchesNoMore()
    {
        Running();
        Assert.Equal(1, Session.Feed.Watchers);

        await DisposeComponentsAsync();

        Assert.Equal(0, Session.Feed.Watchers);
    }

    [Theory]
    [InlineData(40, 50, 30)]
    [InlineData(0.5, 1, 0.5)]
    [InlineData(200, 200, 150)]
    [InlineData(33.3, 40, 30)]
    public void RateSteps_OfAnyRate_StayInTheRange(double rate, double above, double below) =>
        Assert.Equal((above, below), (RateSteps.Above(rate), RateSteps.Below(rate)));

    private void PublishAndAwait(int number, double p50Ms)
    {
        Session.Feed.Publish(LiveExample.Frame(number) with { Variants = [LiveExample.Figures("control", p50Ms, 800), LiveExample.Figures("int8", 3, 400)] });
        Assert.True(SpinWait.SpinUntil(() => LiveCharts.Invocations["push"].Count == number, TimeSpan.FromSeconds(10)), "The charts did not get the frame");
    }
}
