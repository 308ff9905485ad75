using Bunit;
using LatencyLab.Web.Components.Layout;
using LatencyLab.Web.Components.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace LatencyLab.Tests.Components;

public class LayoutTests : ComponentTest
{
    private IRenderedComponent<MainLayout> RenderLayout() =>
        Render<MainLayout>(parameters => parameters.Add(layout => layout.Body, builder => builder.AddMarkupContent(0, "<p>the page</p>")));

    [Fact]
    public void MainLayout_Body_IsInMainBehindSkipLink()
    {
        var layout = RenderLayout();

        Assert.Equal("the page", TextOf(layout.Find("main#content")));
        Assert.Equal("#content", layout.Find("a.skip-link").GetAttribute("href"));
    }

    [Theory]
    [InlineData("", "Compare")]
    [InlineData("?rounds=64", "Compare")]
    [InlineData("comparisons/a1", "Compare")]
    [InlineData("models", "Models")]
    [InlineData("models/cifar10_resnet9?x=1", "Models")]
    [InlineData("profile/abc", "Profile")]
    [InlineData("live?present=1", "Live")]
    [InlineData("not-found", null)]
    [InlineData("modelsandmore", null)]
    public void MainLayout_Navigation_MarksThePageThatIsOpen(string address, string? expected)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);

        Assert.Equal(expected, RenderLayout().FindAll("nav a[aria-current=page]").Select(TextOf).SingleOrDefault());
    }

    [Fact]
    public void MainLayout_Navigation_LeadsToEachPage() => Assert.Equal(
        ["Compare /", "Models /models", "Profile /profile", "Load /load", "Live /live", "History /history"], RenderLayout().FindAll("nav a").Select(link => $"{TextOf(link)} {link.GetAttribute("href")}"));

    [Fact]
    public void ThemeToggle_Always_OffersThreeNamedChoices()
    {
        var toggle = Render<ThemeToggle>();

        Assert.Equal("Colour theme", toggle.Find("[role=group]").GetAttribute("aria-label"));
        Assert.Equal(["Light", "As the system", "Dark"], toggle.FindAll("button").Select(TextOf));
        Assert.Equal(["light", "system", "dark"], toggle.FindAll("button").Select(button => button.GetAttribute("data-theme-option")));
    }

    [Fact]
    public void ReconnectOverlay_Always_HasBlazorsIdAndAWayOut()
    {
        var overlay = Render<ReconnectOverlay>();

        Assert.Equal("alertdialog", overlay.Find("#components-reconnect-modal").GetAttribute("role"));
        Assert.Equal(["Try again", "Reload"], overlay.FindAll("button").Select(TextOf));
    }

    [Fact]
    public void BootSkeleton_Always_SaysThatItConnects() => Assert.Equal("Connecting", Render<BootSkeleton>().Find("[role=status]").GetAttribute("aria-label"));

    [Fact]
    public void NotFound_Always_LeadsBack() => Assert.Equal("/", Render<NotFound>().Find("a").GetAttribute("href"));

    [Fact]
    public void Error_Always_LeadsBack() => Assert.Equal("Back to Compare", TextOf(Render<Error>().Find("[role=alert] a")));
}
