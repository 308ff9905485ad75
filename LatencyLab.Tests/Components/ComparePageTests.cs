using Bunit;
using LatencyLab.Inference.Comparison;
using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Sessions;
using LatencyLab.Web.Components.Pages;
using LatencyLab.Web.Components.Picture;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace LatencyLab.Tests.Components;

public class ComparePageTests : ComponentTest
{
    private void Open(string address) => Services.GetRequiredService<NavigationManager>().NavigateTo(address);

    private static void ChooseSample(IRenderedComponent<Compare> page, string title) => page.Find($"button[title={title}]").Click();

    private static string Heading(IRenderedComponent<Compare> page) => TextOf(page.Find("h1"));

    [Fact]
    public void Page_Opened_InvitesAndIntroducesTheVariants()
    {
        var page = Render<Compare>();

        Assert.Equal("Which optimization makes it faster?", Heading(page));
        Assert.Equal(["Control", "Engine", "INT8"], page.FindAll("article h2").Select(TextOf));
        Assert.True(page.FindAll("button").Single(button => TextOf(button) == "Compare").HasAttribute("disabled"));
        Assert.Empty(Service.Asked);
    }

    [Fact]
    public void Sample_Chosen_IsComparedAtOnceWithTheSettingsOfTheAddress()
    {
        Open("?mode=race&rounds=64&variants=control,int8&model=mobilenet_v2_1.0_224");
        var page = Render<Compare>();

        ChooseSample(page, "Horse");

        page.WaitForAssertion(() => Assert.Equal("INT8 is 2.8× faster than Control", Heading(page)));
        var asked = Assert.Single(Service.Asked);
        Assert.Equal(("horse.jpg", "mobilenet_v2_1.0_224", ComparisonMode.Race, 64), (asked.ImageId, asked.ModelId, asked.Mode, asked.Rounds));
        Assert.Equal(["control", "int8"], asked.VariantIds);
    }

    [Fact]
    public void Result_Shown_IsAnnouncedAndInTheAddressBar()
    {
        var page = Render<Compare>();

        ChooseSample(page, "Cat");

        page.WaitForAssertion(() => Assert.StartsWith("INT8 is 2.8× faster than Control.", TextOf(page.Find("[role=status]")), StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Equal("comparisons/c1?sample=cat.jpg", Address.VerifyInvoke("replace").Arguments[0]));
    }

    [Fact]
    public async Task Result_Painted_GetsWhatTheBrowserMeasured()
    {
        var page = Render<Compare>();
        var source = page.FindComponent<PictureSource>();

        await page.InvokeAsync(() => source.Instance.OnUploadCompleted(new UploadedPicture("i1", "a.jpg", "jpeg", 10, 10, 100, ""), 83.5));

        page.WaitForAssertion(() => Assert.Equal(new BrowserTiming(83.5, 21.4), Service.Kept["c1"].Browser));
        Assert.Equal("c1", Timing.VerifyInvoke("measureRender").Arguments[1]);
    }

    [Fact]
    public void Progress_Reported_FillsCardsAsTheyAnswer()
    {
        var finish = new TaskCompletionSource<ComparisonResult>();
        Service.OnCompare = (_, progress, _) =>
        {
            progress!.Report(new ComparisonProgress(7, 35, [Example.Variant("control")]));
            return finish.Task;
        };
        var page = Render<Compare>();

        ChooseSample(page, "Cat");

        page.WaitForAssertion(() => Assert.Contains("Round 7 of 35", TextOf(page.Find(".run")), StringComparison.Ordinal));
        Assert.Equal(["answered", "none", "none"], page.FindAll("article").Select(card => card.GetAttribute("data-outcome")));
        finish.SetResult(Example.Result());
        page.WaitForAssertion(() => Assert.Equal(["answered", "answered", "answered"], page.FindAll("article").Select(card => card.GetAttribute("data-outcome"))));
    }

    [Fact]
    public void Run_Stopped_CanBeStartedAgain()
    {
        Service.OnCompare = async (_, _, cancellation) =>
        {
            await Task.Delay(Timeout.Infinite, cancellation);
            return Example.Result();
        };
        var page = Render<Compare>();
        ChooseSample(page, "Cat");

        page.FindAll("button").Single(button => TextOf(button) == "Stop").Click();

        page.WaitForAssertion(() => Assert.Equal("Stopped.", TextOf(page.Find("[role=status]"))));
        Service.OnCompare = (_, _, _) => Task.FromResult(Example.Result());
        page.FindAll("button").Single(button => TextOf(button) == "Compare").Click();
        page.WaitForAssertion(() => Assert.Equal("INT8 is 2.8× faster than Control", Heading(page)));
    }

    [Fact]
    public void Variant_Failed_LeavesTheOthersStanding()
    {
        Service.OnCompare = (_, _, _) => Task.FromResult(Example.Result() with { Variants = [Example.Variant("control"), Example.Failed("engine"), Example.Variant("int8", 0.36)] });
        var page = Render<Compare>();

        ChooseSample(page, "Cat");

        page.WaitForAssertion(() => Assert.Equal(["answered", "failed", "answered"], page.FindAll("article").Select(card => card.GetAttribute("data-outcome"))));
        Assert.Equal("INT8 is 2.8× faster than Control", Heading(page));
    }

    [Fact]
    public void Picture_Refused_ShowsWhyAndThePageGoesOn()
    {
        Service.OnCompare = (_, _, _) => throw new ImageRejectedException(ImageRejection.Corrupt, "It ends <b>too early</b>.");
        var page = Render<Compare>();

        ChooseSample(page, "Frog");

        page.WaitForAssertion(() => Assert.Equal("The picture cannot be used It ends <b>too early</b>.", TextOf(page.Find("[role=alert]"))));
        Service.OnCompare = (_, _, _) => Task.FromResult(Example.Result());
        ChooseSample(page, "Cat");
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[role=alert]")));
    }

    [Fact]
    public void Permalink_Kept_ShowsTheResultWithoutRunning()
    {
        Service.Kept["k1"] = Example.Result("k1", 130) with { Mode = ComparisonMode.Race };
        Open("comparisons/k1");

        var page = Render<Compare>(parameters => parameters.Add(shown => shown.ComparisonId, "k1"));

        Assert.Equal("INT8 is 2.8× faster than Control", Heading(page));
        Assert.Equal("130", page.Find("#rounds").GetAttribute("value"));
        Assert.Empty(Service.Asked);
    }

    [Fact]
    public void Permalink_Expired_SaysSoAndInvites()
    {
        var page = Render<Compare>(parameters => parameters.Add(shown => shown.ComparisonId, "gone"));

        Assert.StartsWith("This result is no longer kept", TextOf(page.Find("[role=alert]")), StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll(".sample"));
    }

    [Fact]
    public void Statuses_Changing_AreFollowed()
    {
        Service.Statuses = [Example.Status("control"), Example.Status("int8", VariantState.Warming)];
        var page = Render<Compare>();
        Assert.Contains("Warming up", page.Markup, StringComparison.Ordinal);

        Service.Statuses = [Example.Status("control"), Example.Status("int8")];

        page.WaitForAssertion(() => Assert.DoesNotContain("Warming up", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void Settings_Changed_GoIntoTheAddress()
    {
        var page = Render<Compare>();

        page.Find("#rounds").Change("662");

        Assert.Equal("./?rounds=662", Address.VerifyInvoke("replace").Arguments[0]);
    }

    [Fact]
    public void Models_None_NamesTheSetting()
    {
        Service.Models = [];

        Assert.Contains("LatencyLab:ModelPaths", TextOf(Render<Compare>().Find("[role=alert]")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_Left_StopsTheRun()
    {
        var token = CancellationToken.None;
        Service.OnCompare = async (_, _, cancellation) =>
        {
            token = cancellation;
            await Task.Delay(Timeout.Infinite, cancellation);
            return Example.Result();
        };
        ChooseSample(Render<Compare>(), "Cat");

        await DisposeComponentsAsync();

        Assert.True(token.IsCancellationRequested);
    }
}
