using LatencyLab.Inference.Comparison;
using LatencyLab.Inference.Comparison.Claims;
using LatencyLab.Inference.Hosting;
using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Models;
using LatencyLab.Tests.Components;
using LatencyLab.Tests.Models;

namespace LatencyLab.Tests.Comparison.Claims;

public class ClaimMakerTests
{
    private static readonly Model Embedded = EmbeddedZoo.Default;

    private readonly ClaimMaker _maker = new(new ClaimAccuracy(new ModelCatalogue([EmbeddedZoo.Folder]), DefaultVariants.All));

    [Fact]
    public void Of_AFasterVariant_NamesSpeedAccuracySamplesAndMachine()
    {
        var claim = Claim(Variant("int8") with { Speedup = new Speedup(2.4, [2.31, 2.5]), Samples = 1320 });

        Assert.Equal("INT8 is 2.4× ± 0.1 faster than Control", claim.Headline);
        Assert.Equal("INT8 2.4× ± 0.1 faster (total), −0.02 pt, n = 1,320, 2 vCPU VNNI", claim.Text);
        Assert.Equal((Evidence.Faster, ClaimMeasure.Total), (claim.Evidence, claim.Measure));
    }

    [Fact]
    public void Of_AnIntervalAroundOne_ClaimsNothing()
    {
        var claim = Claim(Variant("engine") with { Speedup = new Speedup(1.01, [0.97, 1.04]) });

        Assert.Equal("No evidence that Engine is faster or slower than Control", claim.Headline);
        Assert.Equal("Engine: no evidence of a difference from Control (total, 95 % 0.97 to 1.04×), same weights, n = 30, 2 vCPU AVX2", claim.Text);
        Assert.DoesNotContain("1.01", claim.Text + claim.Headline + claim.Markdown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 1.04)]
    [InlineData(0.9, 1)]
    public void Of_AnIntervalThatTouchesOne_ClaimsNothing(double low, double high) =>
        Assert.Equal(Evidence.None, Claim(Variant("int8") with { Speedup = new Speedup(1.0, [low, high]) }).Evidence);

    [Fact]
    public void Of_ASlowerVariant_SaysSlowerAndTurnsTheRatioOver()
    {
        var claim = Claim(Variant("engine") with { Speedup = new Speedup(0.5, [0.48, 0.52]), AgreesWithControl = false });

        Assert.Equal("Engine is 2.00× ± 0.09 slower than Control", claim.Headline);
        Assert.Contains("95 % 1.92 to 2.08× slower", claim.Markdown, StringComparison.Ordinal);
        Assert.Contains("another answer than Control", claim.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_BothMeasures_ClaimsEachWithItsOwnMedians()
    {
        var claims = _maker.Of(Result(Variant("int8") with { InferenceSpeedup = new Speedup(5, [4.9, 5.1]) }));

        Assert.Equal([ClaimMeasure.Total, ClaimMeasure.Inference], claims.Select(claim => claim.Measure));
        Assert.Equal(Variant("int8").Total!.P50Ms, claims[0].MedianMs);
        Assert.Equal(Variant("int8").Stages.Single(stage => stage.Stage == Stage.Inference).P50Ms, claims[1].MedianMs);
        Assert.Contains("5.0× ± 0.1 faster (inference)", claims[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_TheControlAndFailures_ClaimsNothing() => Assert.Empty(_maker.Of(Result(Example.Failed("int8"))));

    [Theory]
    [InlineData("another size")]
    [InlineData("made from the page")]
    [InlineData("remote")]
    public void Of_AFileThatTheCardDoesNotMeasure_TellsOnlyWhetherAnswersAgree(string why)
    {
        var variant = Variant("int8") with { AgreesWithControl = true };
        var result = Result(why switch
        {
            "another size" => variant with { ModelSizeBytes = 1 },
            "made from the page" => variant with { Id = "int8-percentile" },
            _ => variant with { Remote = "http://triton:8000/x" },
        });

        var claim = Assert.Single(_maker.Of(result));

        Assert.Null(claim.Accuracy);
        Assert.Contains("same answer as Control", claim.Text, StringComparison.Ordinal);
        Assert.Contains("accuracy was not measured", claim.Markdown, StringComparison.Ordinal);
        Assert.DoesNotContain(" pt", claim.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_AProcessorThatRunsTheSevenBitFile_StatesThatFilesAccuracy()
    {
        var stated = MeasuredAccuracy.Of(EmbeddedZoo.Default.Card);
        var expected = 100 * (stated.Single(file => file.Precision == Precisions.Int8SevenBit).Top1 - stated.Single(file => file.Precision == Precisions.Fp32).Top1);
        var result = Result(Variant("int8") with { AgreesWithControl = true });

        var claim = Assert.Single(_maker.Of(result with { Environment = result.Environment with { Int8Path = "AVX2 (7-bit weights)" } }));

        Assert.Equal(expected, claim.Accuracy!.Points, 6);
    }

    [Fact]
    public void Of_ARace_SaysSo()
    {
        var claim = Assert.Single(_maker.Of(Result(Variant("int8")) with { Mode = ComparisonMode.Race }));

        Assert.Contains("in a race", claim.Text, StringComparison.Ordinal);
        Assert.Contains("compete for the cores", claim.Markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ABusyMachine_SaysSo()
    {
        var result = Result(Variant("int8"));

        Assert.EndsWith("VNNI, busy machine", Assert.Single(_maker.Of(result with { Environment = result.Environment with { Load1 = 2.1 } })).Text, StringComparison.Ordinal);
        Assert.EndsWith("VNNI", Assert.Single(_maker.Of(result with { Environment = result.Environment with { Load1 = 2 } })).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ARemoteVariant_StampsTheService() =>
        Assert.EndsWith("remote at triton:8000", Claim(Variant("engine") with { Remote = "http://triton:8000/x" }).Text, StringComparison.Ordinal);

    [Fact]
    public void Of_AVariantOnTheGpu_StampsTheGpu()
    {
        var result = Result(Variant("engine") with { Provider = "CUDA" });

        Assert.EndsWith("NVIDIA H100", Assert.Single(_maker.Of(result with { Environment = result.Environment with { Gpu = "NVIDIA H100" } })).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Markdown_OfAClaim_StampsTheEnvironmentAndEscapesNames()
    {
        var claim = Claim(Variant("int8") with { Title = "<b>*INT8*" });

        Assert.StartsWith("**\\<b\\>\\*INT8\\* is ", claim.Markdown, StringComparison.Ordinal);
        Assert.Contains("AMD EPYC 9B14, 2 vCPU, VNNI, ONNX Runtime 1.30.0, Linux 6.1, load 0.42, 14 Mar 2026, 09:26 UTC", claim.Markdown, StringComparison.Ordinal);
        Assert.Contains("top-1 on cifar10\\_test, 10,000 pictures, by the model card", claim.Markdown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-0.02, 10_000, "−0.02 pt")]
    [InlineData(-0.2, 1_000, "−0.2 pt")]
    [InlineData(1.4, 120, "+1 pt")]
    [InlineData(0.26, null, "+0.3 pt")]
    [InlineData(0, 10_000, "±0.00 pt")]
    [InlineData(-0.004, 10_000, "±0.00 pt")]
    public void Points_OfADifference_HaveTheirSignAndAsManyDecimalsAsThePicturesResolve(double points, int? pictures, string expected) =>
        Assert.Equal(expected, ClaimText.Points(new AccuracyDifference(points, "test", pictures)));

    private Claim Claim(VariantResult variant) => Assert.Single(_maker.Of(Result(variant)));

    private static ComparisonResult Result(VariantResult variant) => Example.Result() with { Variants = [Variant("control"), variant] };

    private static VariantResult Variant(string id) => Example.Variant(id, id == "control" ? 1 : 0.4) with
    {
        ModelId = Embedded.Id,
        ModelSizeBytes = Embedded.FileOf(id == "int8" ? Precisions.Int8 : Precisions.Fp32)!.SizeBytes,
    };
}
