using Bunit;
using LatencyLab.Inference.Live;
using LatencyLab.Inference.Models;
using LatencyLab.Tests.Live;
using LatencyLab.Web.Audience;
using LatencyLab.Web.Components.Pages;
using LatencyLab.Web.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LatencyLab.Tests.Components;

/// <summary>Who may do what on the Live page where there is an audience.</summary>
public class LivePageAudienceTests : LivePageTest
{
    private static readonly string[] AllKeys = ["toggle", "stop", "present", "faster", "slower", "approve", "decline", "record", "help"];

    [Theory]
    [InlineData("approve", AudienceState.Shown)]
    [InlineData("decline", AudienceState.Declined)]
    public async Task AudienceKey_Pressed_DecidesOnTheFirstPhoto(string key, AudienceState expected)
    {
        var page = Render<LivePage>();
        Session.BecomeRunning();
        var photo = SendPhoto();
        page.WaitForAssertion(() => Assert.Single(page.FindAll(".audience li")));

        await page.InvokeAsync(() => page.Instance.OnKey(key));

        Assert.Equal(expected, Door.Find(photo)!.State);
        Assert.Equal(key == "approve", Session.Asked.Contains("show cat.jpg"));
    }

    [Fact]
    public async Task APhoto_ApprovedWhileTheRunIsPaused_IsAnsweredAtOnceAndNoOlderAnswerPassesForItsOwn()
    {
        var page = Running();
        Session.Become(status => status with { ImageIds = ["ship.jpg"] });
        var frame = LiveExample.Frame(1);
        LiveFrame Answering(int number, string label) =>
            frame with { Number = number, Variants = [.. frame.Variants.Select(variant => variant with { Answer = new Prediction(1, 0, label, 0.9) })] };
        Session.Feed.Publish(Answering(1, "ship"));
        page.WaitForAssertion(() => Assert.Equal(["ship 90 %", "ship 90 %"], page.FindAll(".answer").Select(TextOf)));
        Session.Pause();
        SendPhoto("cafe");
        page.WaitForAssertion(() => Assert.Single(page.FindAll(".audience li")));

        await page.InvokeAsync(() => page.Instance.OnKey("approve"));

        Assert.Equal(["pause", "resume", "show cat.jpg"], Session.Asked);
        page.WaitForAssertion(() => Assert.Equal("This picture is being classified", TextOf(page.Find(".shown h2"))));
        Assert.Empty(page.FindAll(".answer"));
    }

    [Theory]
    [InlineData("approve")]
    [InlineData("decline")]
    public async Task AudienceKey_OnAProjector_DecidesOnNothingThatIsNotToBeSeen(string key)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("live?present=1");
        var page = Render<LivePage>();
        var photo = SendPhoto();
        page.WaitForAssertion(() => Assert.Equal("1 photo waiting. Press P to look.", TextOf(page.Find(".invitation .hint"))));

        await page.InvokeAsync(() => page.Instance.OnKey(key));

        Assert.Equal(AudienceState.Waiting, Door.Find(photo)!.State);
        await page.InvokeAsync(() => page.Instance.OnKey("help"));
        Assert.DoesNotContain("approve", TextOf(page.Find(".help")), StringComparison.Ordinal);
        await page.InvokeAsync(() => page.Instance.OnKey("present"));
        Assert.Single(page.FindAll(".audience li"));
        Assert.Contains("approve", TextOf(page.Find(".help")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AudienceKey_DuringAReplay_DecidesOnNothing()
    {
        var page = Render<LivePage>();
        var photo = SendPhoto();
        page.WaitForAssertion(() => Assert.Single(page.FindAll(".audience li")));
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText(await LiveExample.TextOfAsync(LiveExample.Recording(20)), "live.json"));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".audience")));

        await page.InvokeAsync(() => page.Instance.OnKey("approve"));

        Assert.Equal(AudienceState.Waiting, Door.Find(photo)!.State);
    }

    [Fact]
    public void AViewer_SeesTheRunAndTheCodeAndNothingToSteerBy()
    {
        User.SetNotAuthorized();
        SendPhoto();
        Session.BecomeRunning();
        Session.Feed.Publish(LiveExample.Frame(1));

        var page = Render<LivePage>();

        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".tile").Count));
        Assert.Contains("https://demo.example/join/", page.Find("svg.qr").GetAttribute("aria-label"), StringComparison.Ordinal);
        Assert.Equal("1 photo waiting.", TextOf(page.Find(".invitation .hint")));
        Assert.Empty(page.FindAll("button, select, details, a, img, input:not(.segment input)"));
        Assert.DoesNotContain("base64", page.Markup, StringComparison.Ordinal);
        Assert.Contains("/live?key=", TextOf(page.Find(".live > .hint")), StringComparison.Ordinal);
    }

    [Fact]
    public void AViewer_BeforeAnyRun_IsNotInvitedToStart()
    {
        User.SetNotAuthorized();

        var page = Render<LivePage>();

        Assert.Equal("No run yet. The presenter starts it.", TextOf(page.Find(".empty")));
    }

    [Fact]
    public async Task AViewersKeys_StayTheBrowsersOwn_AndForgedOnesDoNothing()
    {
        User.SetNotAuthorized();
        var photo = SendPhoto();
        Session.BecomeRunning();
        var page = Render<LivePage>();
        page.WaitForAssertion(() => Assert.NotEmpty(Keys.Invocations["present"]));
        var before = (Session.Status, page.Markup);

        foreach (var key in AllKeys)
        {
            await page.InvokeAsync(() => page.Instance.OnKey(key));
        }
        page.Find(".audience").KeyDown("a");

        Assert.Null(KeysScript.Invocations["attach"][0].Arguments[0]);
        Assert.Equal(before, (Session.Status, page.Markup));
        Assert.Empty(Session.Asked);
        Assert.Equal(AudienceState.Waiting, Door.Find(photo)!.State);
    }

    [Fact]
    public void AViewer_WhoTakesTheProjectorsAddress_SeesItAsTheHallDoes()
    {
        User.SetNotAuthorized();
        SendPhoto();
        Services.GetRequiredService<NavigationManager>().NavigateTo("live?present=1");

        var page = Render<LivePage>();

        Assert.Equal(true, Keys.Invocations["present"][0].Arguments[0]);
        Assert.Equal("1 photo waiting.", TextOf(page.Find(".invitation .hint")));
        Assert.Empty(page.FindAll("button, input, select, a, img"));
    }

    [Fact]
    public void Anyone_WhereThereIsNoAudience_Steers()
    {
        Services.AddSingleton(new AudienceDoor(Options.Create(new AudienceOptions()), TimeProvider.System));
        User.SetNotAuthorized();

        var page = Running();

        Assert.Equal(LiveState.Running, Session.Status.State);
        Assert.NotEmpty(page.FindAll("details.setup"));
        Assert.NotNull(KeysScript.Invocations["attach"][0].Arguments[0]);
    }
}
