using Bunit;
using LatencyLab.Inference.Measurement.Hardware;
using LatencyLab.Web.Components.Interop;
using LatencyLab.Web.Components.Monitor;
using Microsoft.Extensions.DependencyInjection;

namespace LatencyLab.Tests.Components;

public class MonitorPanelTests : ComponentTest
{
    [Fact]
    public void ThePanel_ShowsEachMetricAndWhyThereIsNoGpu()
    {
        var panel = Render<MonitorPanel>();

        panel.WaitForAssertion(() => Assert.Equal(["cpu.busy", "cpu0.busy", "process.resident", "disk.read"], panel.FindAll("[data-metric] .name").Select(name => name.TextContent)));
        Assert.Equal(["Processors", "This process", "Disks"], panel.FindAll("h3").Select(TextOf));
        Assert.Contains("gpu (no driver)", TextOf(panel.Find("section")), StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_GoToTheScriptWithTheirUnitsAndWhatTheyCost()
    {
        var panel = Render<MonitorPanel>();
        panel.WaitForElement("input[type=radio]");

        panel.FindAll("input[type=radio]")[3].Change(true);

        // A sample draws nothing here: the script does.
        Assert.True(SpinWait.SpinUntil(() => MonitorScript.Invocations.Any(call => call.Identifier == "push"), TimeSpan.FromSeconds(30)));
        var frame = Assert.IsType<MonitorFrame>(MonitorScript.Invocations.Last(call => call.Identifier == "push").Arguments[0]);
        Assert.Equal("12.3\u2009%", frame.Texts[0]);
        Assert.Equal("123\u2009MB", frame.Texts[3]);
        Assert.StartsWith("Monitoring itself takes", frame.Cost, StringComparison.Ordinal);
    }

    [Fact]
    public void AsATable_EachMetricHasItsUnitAndMeaning()
    {
        var panel = Render<MonitorPanel>();
        panel.WaitForElement("[data-metric]");

        panel.FindAll("input[type=radio]")[^1].Change(true);

        Assert.Equal("process.resident bytes – Memory of this process.", TextOf(panel.FindAll("tbody tr")[2]));
    }

    [Fact]
    public async Task LeavingThePage_EndsTheSampling()
    {
        var panel = Render<MonitorPanel>();
        panel.WaitForElement("[data-metric]");
        var feed = Services.GetRequiredService<HardwareFeed>();
        Assert.True(feed.IsSampling);

        await DisposeComponentsAsync();

        Assert.False(feed.IsSampling);
    }
}
