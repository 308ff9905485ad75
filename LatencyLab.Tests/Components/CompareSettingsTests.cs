using LatencyLab.Inference.Comparison;
using LatencyLab.Web.Components.Settings;

namespace LatencyLab.Tests.Components;

public class CompareSettingsTests
{
    [Fact]
    public void Parse_ItsOwnPath_GivesItBack()
    {
        var settings = new CompareSettings { ModelId = "mobile net&1", VariantIds = ["control", "int8"], Mode = ComparisonMode.Race, Rounds = 662, Sample = "cat.jpg" };

        var parsed = CompareSettings.Parse("http://localhost" + settings.ToPath("/comparisons/a1"));

        Assert.Equal(settings with { VariantIds = null }, parsed with { VariantIds = null });
        Assert.Equal(settings.VariantIds, parsed.VariantIds);
    }

    [Fact]
    public void ToPath_Defaults_HasNoQuery() => Assert.Equal("./", new CompareSettings().ToPath("./"));

    [Theory]
    [InlineData("rounds=many&mode=sideways", 30)]
    [InlineData("rounds=0", 1)]
    [InlineData("rounds=99999", 1000)]
    public void Parse_WrongValues_StayWithinLimits(string query, int rounds)
    {
        var settings = CompareSettings.Parse("http://localhost/?" + query);

        Assert.Equal(rounds, settings.Rounds);
        Assert.Equal(ComparisonMode.Isolated, settings.Mode);
    }

    [Fact]
    public void Toggle_OutAndIn_IsAllAgain()
    {
        string[] all = ["control", "engine", "int8"];

        var without = new CompareSettings().Toggle("engine", all);

        Assert.Equal(["control", "int8"], without.VariantIds);
        Assert.Null(without.Toggle("engine", all).VariantIds);
    }
}
