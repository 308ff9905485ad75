using Bunit;
using LatencyLab.Web.Components.Controls;

namespace LatencyLab.Tests.Components;

public class ControlsTests : ComponentTest
{
    [Fact]
    public void SegmentedControl_OptionChosen_RaisesItsValue()
    {
        var chosen = "";
        var control = Render<SegmentedControl<string>>(parameters => parameters
            .Add(segmented => segmented.Label, "Show as")
            .Add(segmented => segmented.Options, [new Segment<string>("c", "Chart"), new Segment<string>("t", "Table")])
            .Add(segmented => segmented.Value, "c")
            .Add(segmented => segmented.ValueChanged, value => chosen = value));
        var radios = control.FindAll("input[type=radio]");

        Assert.Equal("Show as", TextOf(control.Find("legend")));
        Assert.True(radios[0].HasAttribute("checked"));
        Assert.Single(radios.Select(radio => radio.GetAttribute("name")).Distinct());

        radios[1].Change("on");

        Assert.Equal("t", chosen);
    }

    [Fact]
    public void ProblemNotice_MarkupInTexts_IsShownAsText()
    {
        var notice = Render<ProblemNotice>(parameters => parameters.Add(shown => shown.Problem, new Problem("<b>Too large</b>", "Send less than 20 MB.")));

        Assert.Equal("<b>Too large</b> Send less than 20 MB.", TextOf(notice.Find("[role=alert]")));
        Assert.Empty(notice.FindAll("button"));
    }

    [Fact]
    public void ProblemNotice_Dismissed_TellsItsOwner()
    {
        var dismissed = false;
        var notice = Render<ProblemNotice>(parameters => parameters
            .Add(shown => shown.Problem, new Problem("Too large"))
            .Add(shown => shown.OnDismiss, () => dismissed = true));

        notice.Find("button").Click();

        Assert.True(dismissed);
    }

    [Fact]
    public void Icon_EveryName_HasADrawing() =>
        Assert.All(Enum.GetValues<IconName>(), name =>
            Assert.NotEmpty(Render<Icon>(parameters => parameters.Add(icon => icon.Name, name)).Find("path").GetAttribute("d")!));
}
