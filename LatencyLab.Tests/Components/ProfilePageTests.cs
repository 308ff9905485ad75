using Bunit;
using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Sweeps;
using LatencyLab.Tests.Sweeps;
using LatencyLab.Web.Components.Pages;
using LatencyLab.Web.History;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace LatencyLab.Tests.Components;

public sealed class ProfilePageTests : HistoryComponentTest
{
    [Fact]
    public void TheChosenModel_RemovedBySomebodyElse_GivesWayToTheFirst()
    {
        var page = Render<ProfilePage>();
        page.WaitForElement("form");
        Field(page, "Model").Change("small");
        page.WaitForAssertion(() => Assert.Equal("small", Field(page, "Model").GetAttribute("value")));

        Profiles.GoneId = "small";

        page.WaitForAssertion(() => Assert.Equal("cifar10_resnet9", Field(page, "Model").GetAttribute("value")));
    }

    [Fact]
    public void Start_SendsWhatWasChosenAndOpensTheProfile()
    {
        var page = Render<ProfilePage>();
        page.WaitForElement("form");

        page.FindAll("form input[type=checkbox]")[0].Change(false);
        Field(page, "Batch sizes").Change("1, 8;16");
        Field(page, "Input sizes").Change("32 64");
        Field(page, "Repetitions").Change("10");
        Field(page, "Warm-up at most").Change("5");
        page.Find("form").Submit();

        Assert.Equal(["int8"], Profiles.Started!.VariantIds);
        Assert.Equal([1, 8, 16], Profiles.Started.Batches);
        Assert.Equal([32, 64], Profiles.Started.SizesPx);
        Assert.Equal((30, 10, 5), (Profiles.Started.Runs, Profiles.Started.Repetitions, Profiles.Started.WarmupRuns));
        Assert.EndsWith($"/profile/{SweepExample.Id}", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1, two", "whole numbers")]
    [InlineData("0", "each must be 1 to 4096")]
    [InlineData("", "name one at least")]
    public void BatchSizes_ThatMakeNoSense_AreRefusedWithTheFix(string batches, string reason)
    {
        var page = Render<ProfilePage>();
        page.WaitForElement("form");

        Field(page, "Batch sizes").Change(batches);
        page.Find("form").Submit();

        Assert.Contains(reason, TextOf(page.Find("[role=alert]")), StringComparison.Ordinal);
        Assert.Null(Profiles.Started);
    }

    [Fact]
    public void AModel_WhoseGraphFixesTheInput_SaysThatOnlyTheBatchIsSwept()
    {
        Profiles.Freedom = new ShapeFreedom(null, 224);

        var page = Render<ProfilePage>();

        page.WaitForAssertion(() => Assert.Contains("only the batch size is swept", TextOf(page.Find("form")), StringComparison.Ordinal));
        Assert.True(Field(page, "Input sizes").HasAttribute("disabled"));
    }

    [Fact]
    public void AFullQueue_IsSaid()
    {
        Profiles.QueueIsFull = true;
        var page = Render<ProfilePage>();
        page.WaitForElement("form");

        page.Find("form").Submit();

        Assert.Contains("Too many jobs are waiting", TextOf(page.Find("[role=alert]")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Profiles_StoredAndInterrupted_AreListedWithTheirAddress()
    {
        await History.Runs.SaveAsync(SweepExample.Id, DateTimeOffset.UnixEpoch, SweepExample.Result());
        // As a profile is interrupted: in the history, and here to go on with.
        await Assert.ThrowsAsync<OperationCanceledException>(() => History.Runs.RecordAsync<SweepResult>(
            "cut", DateTimeOffset.UnixEpoch, new RunDescription { Title = "cut", Environment = Example.Environment }, _ => throw new OperationCanceledException(), default));
        Profiles.Become("cut", JobState.Cancelled);

        var page = Render<ProfilePage>();

        page.WaitForAssertion(() => Assert.Equal(["/profile/cut", $"/profile/{SweepExample.Id}"], page.FindAll(".stored li a").Select(link => link.GetAttribute("href"))));
        Assert.Contains("interrupted", TextOf(page.FindAll(".stored li")[0]), StringComparison.Ordinal);
    }

    private static AngleSharp.Dom.IElement Field(IRenderedComponent<ProfilePage> page, string label) =>
        page.FindAll("form label").Single(field => TextOf(field).StartsWith(label, StringComparison.Ordinal)).QuerySelector("input, select")!;
}
