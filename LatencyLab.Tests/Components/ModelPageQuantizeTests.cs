using Bunit;
using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Optimization.Jobs;
using LatencyLab.Web.Components.Controls;
using LatencyLab.Web.Components.Interop;
using LatencyLab.Web.Components.Jobs;

namespace LatencyLab.Tests.Components;

public class ModelPageQuantizeTests : ModelPageTest
{
    [Fact]
    public void QuantizeForm_Rendered_IsHandedToTheScriptWithItsLimits()
    {
        var page = RenderPage();

        Assert.Contains(new UploadLimits(200, 100_000_000, 20_000_000), Forms.Invocations["attach"].Select(attached => attached.Arguments[1]));
        Assert.Equal("api/models/cifar10_resnet9/quantize", page.Find("form.quantize").GetAttribute("action"));
        Assert.Equal(["int8", "fp16"], page.FindAll("#quantize-precision option").Select(option => option.GetAttribute("value")));
        Assert.Equal(["mse", "min-max", "percentile", "entropy"], page.FindAll("#quantize-method option").Select(option => option.GetAttribute("value")));
        Assert.True(page.Find("#quantize-pictures").HasAttribute("multiple"));
    }

    [Theory]
    [InlineData(0, "some dozens")]
    [InlineData(60, "60 pictures of the configured folder")]
    public void QuantizeForm_Pictures_SaysWhereTheyComeFrom(int configured, string expected)
    {
        Zoo.CalibrationPictures = configured;

        Assert.Contains(expected, TextOf(RenderPage().Find("#quantize-pictures-hint")), StringComparison.Ordinal);
    }

    [Fact]
    public void QuantizeForm_Fp16_NeedsNoCalibration()
    {
        var page = RenderPage();

        page.Find("#quantize-precision").Change("fp16");

        page.WaitForAssertion(() => Assert.True(page.Find("#quantize-method").Closest("fieldset")!.HasAttribute("hidden")));
        Assert.True(page.Find("#quantize-method").Closest("fieldset")!.HasAttribute("disabled"));
        Assert.False(page.Find("#quantize-precision-hint").HasAttribute("hidden"));
    }

    [Fact]
    public void QuantizeForm_Percentile_AsksForItsShare()
    {
        var page = RenderPage();
        Assert.True(page.Find("#quantize-percentile").HasAttribute("disabled"));

        page.Find("#quantize-method").Change("percentile");

        page.WaitForAssertion(() => Assert.False(page.Find("#quantize-percentile").HasAttribute("disabled")));
        Assert.False(page.Find("#quantize-percentile").Closest(".job-field")!.HasAttribute("hidden"));
        Assert.Equal("method", page.Find("#quantize-percentile").GetAttribute("data-completes"));
        Assert.Equal("99.999", page.Find("#quantize-percentile").GetAttribute("placeholder"));
    }

    [Fact]
    public void QuantizeForm_MoreOptions_AreThoseOfTheApi()
    {
        var more = RenderPage().Find("form.quantize details");

        Assert.False(more.HasAttribute("open"));
        Assert.Equal(["keepInFloat", "activations", "pictures", "equalize", "sevenBit"], more.QuerySelectorAll("[name]").Select(field => field.GetAttribute("name")));
        Assert.Equal(["u8", "s8"], more.QuerySelectorAll("option").Select(option => option.GetAttribute("value")));
    }

    [Fact]
    public void QuantizeForm_AfterASensitivityAnalysis_OffersItsLayersTheWorstFirst()
    {
        Zoo.Jobs = [ZooExample.Job(SensitivityJobs.Kind, JobState.Done) with { Result = ZooExample.Sensitivity() }];

        var choices = RenderPage().FindAll("form.quantize .choices input");

        Assert.Equal(["conv1", "conv2"], choices.Select(choice => choice.GetAttribute("value")));
        Assert.Equal(["conv1 layer 1", "conv2 layer 2"], choices.Select(choice => TextOf(choice.ParentElement!)));
        Assert.All(choices, choice => Assert.Equal("keepInFloat", choice.GetAttribute("name")));
    }

    [Fact]
    public void QuantizeForm_BeforeOne_SaysHowToGetThem()
    {
        var page = RenderPage();

        Assert.Empty(page.FindAll("form.quantize .choices"));
        Assert.Contains("Probe the layers first", TextOf(page.Find("#quantize-keep-in-float-hint")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task QuantizeForm_SentAndRefused_ShowsProgressThenTheReason()
    {
        var page = RenderPage();
        var form = page.FindComponent<QuantizeForm>();

        await page.InvokeAsync(() => form.Instance.OnSending(0.42));
        Assert.Equal("Sending 42 %", TextOf(page.Find("form.quantize button[type=submit]")));
        Assert.True(page.Find("form.quantize button[type=submit]").HasAttribute("disabled"));

        await page.InvokeAsync(() => form.Instance.OnRefused(new Problem("The picture is damaged", "<b>cat.jpg</b>: it ends too early.")));
        Assert.Contains("<b>cat.jpg</b>: it ends too early.", TextOf(page.Find("form.quantize [role=alert]")), StringComparison.Ordinal);
        Assert.False(page.Find("form.quantize button[type=submit]").HasAttribute("disabled"));
    }

    [Fact]
    public void Job_Running_ShowsStepTimeLeftAndCanBeCancelled()
    {
        Zoo.Jobs = [ZooExample.Job(QuantizeJobs.Kind, JobState.Running)];
        var page = RenderPage();

        Assert.Equal("The quantize of <b>tests</b> Running Calibrating, picture 12 of 60 about 12 s left Cancel The quantize of <b>tests</b>", TextOf(page.Find("article.job")));
        page.Find("article.job button").Click();
        Assert.Equal("cancel job1", Zoo.Asked[^1]);
    }

    [Fact]
    public void Job_Done_ShowsTheReport()
    {
        Zoo.Jobs = [ZooExample.Job(QuantizeJobs.Kind, JobState.Done)];

        var report = TextOf(RenderPage().Find("article.job"));

        Assert.Contains("New variant INT8 entropy int8-entropy", report, StringComparison.Ordinal);
        Assert.Contains("Layers in INT8 19 Left in float 1 Size 11.8 MB → 3.01 MB Same answer as FP32 98.3 % of 60 pictures Top-1 logit off by 0.0512 median, 0.342 at most Took 22 s", report, StringComparison.Ordinal);
        Assert.Contains("The pictures that were compared also calibrated it: on others it may agree less.", report, StringComparison.Ordinal);
        Assert.Contains("head Softmax This operator has no INT8 form here.", report, StringComparison.Ordinal);
    }

    [Fact]
    public void Job_DoneToFp16_DoesNotSayThatPicturesCalibrated()
    {
        Zoo.Jobs =
        [
            ZooExample.Job(QuantizeJobs.Kind, JobState.Done) with { Result = ZooExample.Quantized() with { Precision = "fp16", Method = null, CalibrationPictures = 0 } },
        ];

        var report = TextOf(RenderPage().Find("article.job"));

        Assert.Contains("98.3 % of 60 pictures", report, StringComparison.Ordinal);
        Assert.DoesNotContain("calibrated it", report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(JobState.Failed, "cat.jpg cannot be used for calibration.")]
    [InlineData(JobState.Cancelled, "nothing was kept")]
    [InlineData(JobState.Queued, "Waiting until the job before it has ended")]
    public void Job_InEachState_SaysWhatItMeans(JobState state, string expected)
    {
        Zoo.Jobs = [ZooExample.Job(QuantizeJobs.Kind, state)];

        Assert.Contains(expected, TextOf(RenderPage().Find("article.job")), StringComparison.Ordinal);
    }

    [Fact]
    public void Job_OfAnotherModel_IsNotShown()
    {
        Zoo.Jobs = [ZooExample.Job(QuantizeJobs.Kind, JobState.Running, modelId: "other")];

        Assert.Empty(RenderPage().FindAll("article.job"));
    }

    [Fact]
    public void Job_Ends_TheNewVariantAppearsBesideTheOthers()
    {
        Zoo.Jobs = [ZooExample.Job(QuantizeJobs.Kind, JobState.Running)];
        var page = RenderPage();

        Zoo.Statuses = [.. Zoo.Statuses, Example.Status("int8-entropy") with { Title = "INT8 entropy" }];
        Zoo.Jobs = [ZooExample.Job(QuantizeJobs.Kind, JobState.Done)];

        page.WaitForAssertion(() => Assert.Contains("INT8 entropy", page.FindAll(".variants strong").Select(TextOf)));
        Assert.Contains("int8-entropy", page.FindAll("#layers-variant option").Select(option => option.GetAttribute("value")));
        Assert.Equal("The quantize of <b>tests</b>: done.", TextOf(page.Find(".model > [role=status]")));
    }
}
