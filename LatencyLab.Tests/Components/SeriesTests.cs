using Bunit;
using LatencyLab.Web.Components.Charts;

namespace LatencyLab.Tests.Components;

public class SeriesTests : ComponentTest
{
    [Fact]
    public void SeriesPanel_Variant_KeepsColdWarmupAndSteadyApart()
    {
        var variant = Example.Variant("control") with { ColdMs = 22.9, WarmupMs = [6.5, 3.1, 2.6], Title = "<b>Control</b>" };

        var panel = Render<SeriesPanel>(parameters => parameters.Add(shown => shown.Variants, [variant, Example.Failed("int8")]));

        Assert.Equal("<b>Control</b>", TextOf(panel.Find("h3")));
        Assert.Equal(["22.9 ms", "6.50 → 2.60 ms", LatencyLab.Web.Components.Figures.Ms(variant.Total!.P50Ms).Replace('\u2009', ' ')], panel.FindAll("dd").Select(TextOf));
        Assert.Equal(3, panel.FindAll(".strip .mark.warm").Count);
        Assert.Single(panel.FindAll(".strip .mark.cold"));
        Assert.Equal(30, panel.Find(".strip path").GetAttribute("d")!.Count(letter => letter == 'M'));
    }

    [Fact]
    public void SeriesPanel_GermanServer_WritesCssWithPoints() =>
        Assert.All(
            Render<SeriesPanel>(parameters => parameters.Add(shown => shown.Variants, Example.Variants())).FindAll("[style]"),
            element => Assert.DoesNotContain(',', element.GetAttribute("style")!));

    [Theory]
    [InlineData(30, "needs 34 more", "needs 100 more", "needs 632 more")]
    [InlineData(64, null, "needs 66 more", "needs 598 more")]
    [InlineData(700, null, null, null)]
    public void PercentilePanel_FewSamples_SaysHowManyAreMissing(int rounds, string? p90, string? p95, string? p99)
    {
        var panel = Render<PercentilePanel>(parameters => parameters.Add(shown => shown.Variants, [Example.Variant("control", 1, rounds)]));

        var cells = panel.FindAll("tbody td").Select(TextOf).ToArray();
        string?[] expected = [p90, p95, p99];
        for (var index = 0; index < expected.Length; index++)
        {
            if (expected[index] is { } missing)
            {
                Assert.Equal(missing, cells[4 + index]);
            }
            else
            {
                Assert.Matches(@"^\d+\.\d+$", cells[4 + index]);
            }
        }
    }
}
