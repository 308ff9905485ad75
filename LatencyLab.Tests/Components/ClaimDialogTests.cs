using Bunit;
using LatencyLab.Inference.Measurement;
using LatencyLab.Web.Components.Claims;
using LatencyLab.Web.Components.Pages;

namespace LatencyLab.Tests.Components;

public class ClaimDialogTests : ComponentTest
{
    private async Task<IRenderedComponent<ClaimDialog>> ShowAsync(Speedup? inference = null)
    {
        var result = Example.Result();
        result = result with { Variants = [result.Variants[0], result.Variants[1], result.Variants[2] with { InferenceSpeedup = inference }] };
        var dialog = Render<ClaimDialog>();
        await dialog.InvokeAsync(() => dialog.Instance.ShowAsync(result, "int8"));
        return dialog;
    }

    private ClaimCardData Drawn(int time) => Assert.IsType<ClaimCardData>(Claims.Invocations["draw"][time].Arguments[1]);

    [Fact]
    public async Task Dialog_OfAVariant_SaysTheClaimAndDrawsItInThePagesTheme()
    {
        var dialog = await ShowAsync();

        dialog.WaitForAssertion(() => Assert.Equal("dark", Drawn(0).Theme));
        Assert.Equal("INT8 is 2.8× ± 0.2 faster than Control", TextOf(dialog.Find("h2")));
        Assert.Equal(("2.8×", "± 0.2", "faster"), (Drawn(0).Figure, Drawn(0).Margin, Drawn(0).Direction));
        Assert.Contains("AMD EPYC 9B14 · 2 vCPU · VNNI · ONNX Runtime 1.30.0", Drawn(0).Footer, StringComparison.Ordinal);
        Assert.Equal(TextOf(dialog.Find(".line")), dialog.Find("canvas").GetAttribute("aria-label"));
    }

    [Fact]
    public async Task Measure_Chosen_DrawsItsOwnClaim()
    {
        var dialog = await ShowAsync(new Speedup(5, [4.9, 5.1]));
        dialog.WaitForAssertion(() => Assert.NotEmpty(Claims.Invocations["draw"]));

        dialog.FindAll("label.segment").Single(label => TextOf(label) == "Inference").QuerySelector("input")!.Change(true);

        dialog.WaitForAssertion(() => Assert.Equal("INT8 is 5.0× ± 0.1 faster than Control", TextOf(dialog.Find("h2"))));
        dialog.WaitForAssertion(() => Assert.Equal("5.0×", Drawn(Claims.Invocations["draw"].Count - 1).Figure));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Text_Copied_SaysSoOrOffersItByHand(bool allowed)
    {
        Claims.Setup<bool>("copy", _ => true).SetResult(allowed);
        var dialog = await ShowAsync();

        dialog.FindAll("button").Single(button => TextOf(button) == "Copy Markdown").Click();

        Assert.StartsWith("**INT8 is ", Claims.VerifyInvoke("copy").Arguments[0] as string, StringComparison.Ordinal);
        dialog.WaitForAssertion(() => Assert.Equal(allowed ? "Copied" : "", TextOf(dialog.Find("[role=status]"))));
        Assert.Equal(allowed ? 0 : 1, dialog.FindAll("textarea").Count);
    }

    [Fact]
    public async Task Png_Saved_IsNamedAfterVariantMeasureAndTheme()
    {
        var dialog = await ShowAsync();
        dialog.WaitForAssertion(() => Assert.NotEmpty(Claims.Invocations["draw"]));

        dialog.FindAll("button").Single(button => TextOf(button) == "PNG").Click();

        Assert.Equal("latencylab-int8-total-dark.png", Claims.VerifyInvoke("savePng").Arguments[1]);
    }

    [Fact]
    public void Compare_WithAResult_OffersAClaimOnEveryVariantButTheControl()
    {
        Service.Kept["c1"] = Example.Result();
        var page = Render<Compare>(parameters => parameters.Add(shown => shown.ComparisonId, "c1"));

        Assert.Equal(["Claim for Engine", "Claim for INT8"], page.FindAll("article button").Select(button => button.GetAttribute("aria-label")));
        page.Find("[aria-label='Claim for INT8']").Click();

        page.WaitForAssertion(() => Assert.StartsWith("INT8 is 2.8×", TextOf(page.Find("dialog h2")), StringComparison.Ordinal));
    }
}
