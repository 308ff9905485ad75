using Bunit;
using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Optimization.Jobs;

namespace LatencyLab.Tests.Components;

public class ModelPageSensitivityTests : ModelPageTest
{
    [Fact]
    public void Sensitivity_Done_ListsTheWorstLayerFirstWithTheWholeBelow()
    {
        Zoo.Jobs = [ZooExample.Job(SensitivityJobs.Kind, JobState.Done) with { Result = ZooExample.Sensitivity() }];

        var panel = RenderPage().Find(".sensitivity");

        Assert.Equal(
            ["conv1 layer 1 Conv 4.00 95.0 % 0.100", "conv2 layer 2 Conv 1.00 100.0 % 0.0100"],
            panel.QuerySelectorAll("tbody tr").Select(TextOf));
        Assert.Equal(["100.0", "25.0"], panel.QuerySelectorAll("rect").Select(bar => bar.GetAttribute("width")));
        Assert.Equal("All in INT8 5.00 93.0 % 0.120", TextOf(panel.QuerySelector("tfoot tr")!));
        Assert.Contains("On 60 pictures, min-max calibration on 61 others", TextOf(panel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(JobState.Running, "Calibrating, picture 12 of 60")]
    [InlineData(JobState.Failed, "cat.jpg cannot be used for calibration.")]
    [InlineData(JobState.Cancelled, "Cancelled before it was done.")]
    public void Sensitivity_InEachState_SaysWhatItMeans(JobState state, string expected)
    {
        Zoo.Jobs = [ZooExample.Job(SensitivityJobs.Kind, state)];

        Assert.Contains(expected, TextOf(RenderPage().Find(".sensitivity")), StringComparison.Ordinal);
    }

    [Fact]
    public void Sensitivity_MoreOptions_AreThoseOfTheApi() => Assert.Equal(
        ["method", "pictures", "equalize"],
        RenderPage().Find("form.sensitivity-form details").QuerySelectorAll("[name]").Select(field => field.GetAttribute("name")));
}
