using AngleSharp.Dom;
using Bunit;
using LatencyLab.Inference.Comparison;
using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Sessions;
using LatencyLab.Web.Components.Results;

namespace LatencyLab.Tests.Components;

public class ResultsTests : ComponentTest
{
    private IElement RenderCard(VariantStatus status, VariantResult? result = null, bool running = false) => Render<VariantCard>(parameters => parameters
        .Add(card => card.Status, status)
        .Add(card => card.Result, result)
        .Add(card => card.IsControl, status.Id == "control")
        .Add(card => card.Running, running)).Find("article");

    [Fact]
    public void Card_Answered_ShowsTimeSpeedupAndFacts()
    {
        var result = Example.Variant("int8", 0.36);
        var text = TextOf(RenderCard(Example.Status("int8"), result with { Speedup = new Speedup(4.4, [4.2, 4.6]), Title = "<b>INT8</b>" }));

        Assert.StartsWith("<b>INT8</b>", text, StringComparison.Ordinal);
        Assert.Contains("4.4× faster 95 % 4.2–4.6×", text, StringComparison.Ordinal);
        Assert.Contains("Same answer as control", text, StringComparison.Ordinal);
        Assert.Contains("INT8 CPU 2 threads graph optimized: all 3.04 MB", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Card_IntervalAroundOne_ClaimsNoSpeedup() =>
        Assert.Contains("About the same 95 % 0.97–1.04×", TextOf(RenderCard(Example.Status("engine"), Example.Variant("engine") with { Speedup = new Speedup(1.01, [0.97, 1.04]) })), StringComparison.Ordinal);

    [Fact]
    public void Card_OfControl_IsTheBaseline()
    {
        var text = TextOf(RenderCard(Example.Status("control"), Example.Variant("control") with { AgreesWithControl = true }));

        Assert.Contains("Baseline", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Same answer", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Card_BeforeTheLastRound_ClaimsNoSpeedup()
    {
        var text = TextOf(RenderCard(Example.Status("int8"), Example.Variant("int8") with { Speedup = null }, running: true));

        Assert.Contains("Measuring…", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Baseline", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Card_Race_ShowsWhatItCosts() =>
        Assert.Contains("In the race 1.74× as long as alone (95 % 1.61–1.90×)", TextOf(RenderCard(Example.Status("engine"), Example.Variant("engine") with { ContentionCost = new Speedup(1.74, [1.61, 1.9]) })), StringComparison.Ordinal);

    [Fact]
    public void Card_Failed_SaysWhereAndWhy() =>
        Assert.Contains("Failed at load The file model.int8.onnx is truncated.", TextOf(RenderCard(Example.Status("int8"), Example.Failed("int8"))), StringComparison.Ordinal);

    [Fact]
    public void Card_Waiting_IsBusy() => Assert.Equal("true", RenderCard(Example.Status("int8"), null, running: true).GetAttribute("aria-busy"));

    [Fact]
    public void Card_BeforeTheFirstRun_IntroducesTheVariant()
    {
        var text = TextOf(RenderCard(Example.Status("int8", VariantState.Preparing) with { Message = "Quantizing.", Notes = ["No GPU: no CUDA library found."] }));

        Assert.Contains("INT8 Preparing The model itself made smaller", text, StringComparison.Ordinal);
        Assert.Contains("Quantizing.", text, StringComparison.Ordinal);
        Assert.Contains("No GPU: no CUDA library found.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Predictions_Labels_AreEncodedAndBarsInvariant()
    {
        var list = Render<PredictionList>(parameters => parameters.Add(shown => shown.Predictions, [new Prediction(1, 0, "<b>cat</b>", 0.9412), new Prediction(2, 1, "dog", 0.0588)]));

        Assert.Equal(["<b>cat</b> 94.1 %", "dog 5.9 %"], list.FindAll("li").Select(TextOf));
        Assert.Equal(["width: 94.12%", "width: 5.88%"], list.FindAll(".fill").Select(fill => fill.GetAttribute("style")));
    }

    [Theory]
    [InlineData(true, "Same answer as control")]
    [InlineData(false, "Differs from control")]
    public void Agreement_Either_IsInWordsWithAMark(bool agrees, string expected)
    {
        var mark = Render<AgreementMark>(parameters => parameters.Add(shown => shown.Agrees, agrees));

        Assert.Equal(expected, TextOf(mark.Find("p")));
        Assert.NotNull(mark.Find("svg"));
    }

    [Fact]
    public void Agreement_Unknown_SaysNothing() => Assert.Empty(Render<AgreementMark>().Markup.Trim());

    [Fact]
    public void Traits_Remote_NamesTheService()
    {
        var traits = Render<VariantTraits>(parameters => parameters
            .Add(shown => shown.Precision, "fp32").Add(shown => shown.Provider, "Remote").Add(shown => shown.Threads, 0)
            .Add(shown => shown.GraphOptimization, "all").Add(shown => shown.Remote, "http://triton:8000"));

        Assert.Equal(["FP32", "Remote", "http://triton:8000"], traits.FindAll("li").Select(TextOf));
    }

    [Fact]
    public void Insights_Texts_AreEncoded() =>
        Assert.Equal("<b>decoding</b> dominates", TextOf(Render<InsightList>(parameters => parameters.Add(shown => shown.Insights, [new Insight("amdahl", "<b>decoding</b> dominates")])).Find("li")));

    [Fact]
    public void Environment_Facts_AreOneLine()
    {
        var parts = Render<EnvironmentStrip>(parameters => parameters.Add(shown => shown.Environment, Example.Environment)).FindAll(".part").Select(TextOf);

        Assert.Equal(["AMD EPYC 9B14", "2 cores", "INT8 by AVX-512 VNNI", "no GPU: no CUDA library found", "ONNX Runtime 1.30.0", "Linux 6.1", "load 0.42"], parts);
    }

    [Fact]
    public void Provenance_Result_NamesPictureAndMoment() =>
        Assert.EndsWith(
            "cat.jpg, 640 × 480 JPEG, 31.3 kB · measured 14 Mar 2026, 09:26 UTC · 5 warm-up rounds before",
            TextOf(Render<Provenance>(parameters => parameters.Add(shown => shown.Result, Example.Result())).Find(".provenance")), StringComparison.Ordinal);

    [Fact]
    public void Export_Links_LeadToTheResult()
    {
        var png = "";
        var bar = Render<ExportBar>(parameters => parameters.Add(shown => shown.ComparisonId, "a/1").Add(shown => shown.OnSavePng, name => png = name));

        Assert.Equal(["api/comparisons/a%2F1", "api/comparisons/a%2F1.csv"], bar.FindAll("a").Select(link => link.GetAttribute("href")));
        bar.FindAll("button").Single(button => TextOf(button) == "PNG").Click();
        Assert.Equal("latencylab-a%2F1.png", png);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Export_LinkCopied_SaysSoOrOffersItByHand(bool allowed)
    {
        Address.Setup<bool>("copy", _ => true).SetResult(allowed);
        var bar = Render<ExportBar>(parameters => parameters.Add(shown => shown.ComparisonId, "a1"));

        bar.FindAll("button").Single(button => TextOf(button) == "Copy link").Click();

        Assert.Equal("comparisons/a1", Address.VerifyInvoke("copy").Arguments[0]);
        if (allowed)
        {
            bar.WaitForAssertion(() => Assert.Contains("Link copied", bar.Markup, StringComparison.Ordinal));
        }
        else
        {
            bar.WaitForAssertion(() => Assert.Equal("http://localhost/comparisons/a1", bar.Find("input[readonly]").GetAttribute("value")));
        }
    }
}
