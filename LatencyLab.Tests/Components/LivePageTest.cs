using Bunit;
using Bunit.TestDoubles;
using LatencyLab.Inference.Imaging;
using LatencyLab.Web.Audience;
using LatencyLab.Web.Components.Live;
using LatencyLab.Web.Components.Pages;
using LatencyLab.Web.Live;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LatencyLab.Tests.Components;

/// <summary>What tests of the Live page share: a session without load, an audience door, and a presenter before the page.</summary>
public abstract class LivePageTest : ComponentTest
{
    protected LivePageTest()
    {
        Services.AddSingleton<ILiveSession>(Session);
        Services.AddSingleton(Options.Create(new LiveOptions()));
        Services.AddSingleton(Door);
        Services.AddSingleton<LiveAudience>();
        User = AddAuthorization();
        User.SetAuthorized("someone");
        User.SetRoles(Presenter.Role);
        Uploads.Mode = JSRuntimeMode.Loose;
        LiveCharts = JSInterop.SetupModule("./js/live.js").SetupModule("create", _ => true);
        LiveCharts.SetupVoid("reset", _ => true).SetVoidResult();
        LiveCharts.SetupVoid("push", _ => true).SetVoidResult();
        LiveCharts.Mode = JSRuntimeMode.Loose;
        KeysScript = JSInterop.SetupModule("./js/live-keys.js");
        Keys = KeysScript.SetupModule("attach", _ => true);
        Keys.Mode = JSRuntimeMode.Loose;
    }

    internal FakeLiveSession Session { get; } = new();

    protected AudienceDoor Door { get; } =
        new(Options.Create(new AudienceOptions { Enabled = true, PublicAddress = "https://demo.example" }), TimeProvider.System);

    /// <summary>Who sees the page.</summary>
    protected BunitAuthorizationContext User { get; }

    protected BunitJSModuleInterop LiveCharts { get; }

    protected BunitJSModuleInterop KeysScript { get; }

    protected BunitJSModuleInterop Keys { get; }

    /// <summary>The page with a run that it has started.</summary>
    protected IRenderedComponent<LivePage> Running()
    {
        var page = Render<LivePage>();
        page.Find(".bar .primary").Click();
        // The page watches the new run once the charts have its variants.
        Assert.True(SpinWait.SpinUntil(HasReset, TimeSpan.FromSeconds(10)), "The charts were not told of the run");
        return page;

        bool HasReset() => LiveCharts.Invocations["reset"].Any(call => call.Arguments[0] is IReadOnlyList<LiveChartVariant> { Count: 2 });
    }

    /// <summary>Opens the door, if it is closed, and sends a photo in.</summary>
    /// <returns>The photo's identifier.</returns>
    protected string SendPhoto(string sha256 = "") =>
        Door.Submit(Door.Code ?? Door.Renew(), new ImageFacts("cat.jpg", "jpeg", 640, 480, 31_290, sha256), new byte[] { 1 }, [0xFF, 0xD8, 0xFF]).Id;
}
