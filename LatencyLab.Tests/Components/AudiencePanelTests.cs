using Bunit;
using LatencyLab.Inference.Imaging;
using LatencyLab.Web.Audience;
using LatencyLab.Web.Components.Audience;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LatencyLab.Tests.Components;

public sealed class AudiencePanelTests : ComponentTest
{
    private readonly List<AudiencePicture> _approved = [];

    private AudienceDoor UseDoor(AudienceOptions options)
    {
        var door = new AudienceDoor(Options.Create(options), TimeProvider.System);
        Services.AddSingleton(door);
        return door;
    }

    private IRenderedComponent<AudiencePanel> RenderPanel() =>
        Render<AudiencePanel>(parameters => parameters.Add(panel => panel.Decides, true).Add(panel => panel.OnApproved, picture => _approved.Add(picture)));

    private static string Submit(AudienceDoor door, string name = "<b>cat.jpg") =>
        door.Submit(door.Code, new ImageFacts(name, "jpeg", 640, 480, 31_290, ""), new byte[] { 1 }, [0xFF, 0xD8, 0xFF]).Id;

    [Fact]
    public void Panel_WhereTheOptionIsOff_IsNotThere()
    {
        UseDoor(new AudienceOptions());

        Assert.Empty(RenderPanel().Markup.Trim());
    }

    [Fact]
    public void Door_Opened_ShowsTheCodeAsAPictureAndInWords()
    {
        var door = UseDoor(new AudienceOptions { Enabled = true, PublicAddress = "https://demo.example" });
        var panel = RenderPanel();
        Assert.Empty(panel.FindAll("svg.qr"));

        panel.FindAll("button").Single(button => TextOf(button) == "Open the door").Click();

        panel.WaitForAssertion(() => Assert.Equal($"https://demo.example/join/{door.Code}", TextOf(panel.Find(".address"))));
        Assert.Contains($"https://demo.example/join/{door.Code}", panel.Find("svg.qr").GetAttribute("aria-label"), StringComparison.Ordinal);
        Assert.Empty(panel.FindAll(".warning"));
    }

    [Fact]
    public void Door_OnAPageThatOnlyThisMachineReaches_WarnsThePresenter()
    {
        var door = UseDoor(new AudienceOptions { Enabled = true });
        door.Renew();

        Assert.Contains("Phones cannot reach localhost", TextOf(RenderPanel().Find(".warning")), StringComparison.Ordinal);
    }

    [Fact]
    public void NewCode_Asked_ReplacesTheAddress()
    {
        var door = UseDoor(new AudienceOptions { Enabled = true });
        var old = door.Renew();
        var panel = RenderPanel();

        panel.FindAll("button").Single(button => TextOf(button) == "New code").Click();

        panel.WaitForAssertion(() => Assert.EndsWith($"/join/{door.Code}", TextOf(panel.Find(".address")), StringComparison.Ordinal));
        Assert.NotEqual(old, door.Code);
    }

    [Fact]
    public void Photo_Arriving_ShowsItsPreviewAndNotTheSendersWords()
    {
        var door = UseDoor(new AudienceOptions { Enabled = true });
        door.Renew();
        var panel = RenderPanel();

        Submit(door);

        panel.WaitForAssertion(() => Assert.Equal("1 photo waiting", TextOf(panel.Find("[role=status]"))));
        Assert.Equal("data:image/jpeg;base64,/9j/", panel.Find("li img").GetAttribute("src"));
        Assert.DoesNotContain("cat.jpg", panel.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Buttons_OfAPhoto_DecideOnThatPhoto()
    {
        var door = UseDoor(new AudienceOptions { Enabled = true });
        door.Renew();
        var (first, second) = (Submit(door), Submit(door));
        var panel = RenderPanel();

        panel.Find("[aria-label='Approve photo 2']").Click();
        panel.WaitForAssertion(() => Assert.Equal(second, Assert.Single(_approved).Id));
        panel.Find("[aria-label='Decline photo 1']").Click();

        panel.WaitForAssertion(() => Assert.Empty(panel.FindAll("li")));
        Assert.Equal(AudienceState.Declined, door.Find(first)!.State);
        Assert.Single(_approved);
    }

    [Fact]
    public void Keys_InThePanel_DecideOnTheFirstPhotoAndOnAPhotoOnThatOne()
    {
        var door = UseDoor(new AudienceOptions { Enabled = true });
        door.Renew();
        string[] ids = [Submit(door), Submit(door), Submit(door)];
        var panel = RenderPanel();

        panel.Find("section").KeyDown(new KeyboardEventArgs { Key = "d", CtrlKey = true });
        Assert.Equal(3, door.Pending.Count);
        panel.Find("section").KeyDown("a");
        panel.WaitForAssertion(() => Assert.Equal(2, panel.FindAll("li").Count));
        panel.FindAll("li")[1].KeyDown("d");
        panel.WaitForAssertion(() => Assert.Single(panel.FindAll("li")));

        Assert.Equal([AudienceState.Shown, AudienceState.Waiting, AudienceState.Declined], ids.Select(id => door.Find(id)!.State));
        Assert.Equal(ids[0], Assert.Single(_approved).Id);
    }

    [Theory]
    [InlineData(true, true, "1 photo waiting. Press P to look.")]
    [InlineData(true, false, "1 photo waiting.")]
    [InlineData(false, false, "1 photo waiting.")]
    public async Task OnAProjectorOrForAViewer_ThereIsTheCodeAndNoPhotoToSeeOrDecideOn(bool presenting, bool decides, string hint)
    {
        var door = UseDoor(new AudienceOptions { Enabled = true, PublicAddress = "https://demo.example" });
        door.Renew();
        Submit(door);

        var panel = Render<AudiencePanel>(parameters => parameters.Add(panel => panel.Presenting, presenting).Add(panel => panel.Decides, decides));
        panel.Find("section").KeyDown("a");
        panel.Find("section").KeyDown("d");
        await panel.InvokeAsync(panel.Instance.ApproveFirstAsync);
        await panel.InvokeAsync(panel.Instance.DeclineFirstAsync);

        Assert.Single(door.Pending);
        Assert.NotNull(panel.Find("svg.qr"));
        Assert.Equal(hint, TextOf(panel.Find(".invitation .hint")));
        Assert.Empty(panel.FindAll("button, img"));
    }

    [Fact]
    public void AViewer_BeforeTheDoorIsOpen_SeesNoPanel()
    {
        UseDoor(new AudienceOptions { Enabled = true });

        Assert.Empty(Render<AudiencePanel>().Markup.Trim());
    }
}
