using LatencyLab.Inference.Comparison;
using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Models;
using LatencyLab.Web.Components.Results;

namespace LatencyLab.Tests.Components;

public class VerdictTests
{
    private static Verdict Of(params VariantResult[] variants) => Verdict.Of(Example.Result() with { Variants = variants });

    [Fact]
    public void Of_ClearSpeedup_NamesFastest()
    {
        var verdict = Of([.. Example.Variants()]);

        Assert.Equal("INT8 is 2.8× faster than Control", verdict.Headline);
        Assert.Contains("same answer, cat", verdict.Basis, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_IntervalAroundOne_ClaimsNothing() =>
        Assert.Equal("No variant is clearly faster than Control", Of(Example.Variant("control"), Example.Variant("engine", 0.98)).Headline);

    [Fact]
    public void Of_ControlFastest_SaysSo() =>
        Assert.Equal("Nothing is faster than Control", Of(Example.Variant("control"), Example.Variant("engine", 1.3)).Headline);

    [Fact]
    public void Of_OtherAnswer_WarnsInTheSameBreath()
    {
        var other = Example.Variant("int8", 0.36) with { Predictions = [new Prediction(1, 5, "dog", 0.6)] };

        Assert.Contains("but it says dog, not cat", Of(Example.Variant("control"), other).Basis, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ControlFailed_GivesTheTime() =>
        Assert.StartsWith("INT8 answers in ", Of(Example.Failed("control"), Example.Variant("int8") with { Speedup = null }).Headline, StringComparison.Ordinal);

    [Fact]
    public void Of_AllFailed_SaysSo() => Assert.Equal("No variant answered", Of(Example.Failed("control")).Headline);

    [Fact]
    public void SpeedupText_Slowdown_IsTurnedOver()
    {
        var slowdown = new Speedup(0.5, [0.4, 0.625]);

        Assert.Equal("2.0× slower (1.60–2.5×)", $"{SpeedupText.Value(slowdown)} {SpeedupText.Direction(slowdown)} ({SpeedupText.Interval(slowdown)})");
    }
}
