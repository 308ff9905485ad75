using Bunit;
using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Jobs;
using LatencyLab.Inference.Sessions;
using LatencyLab.Web.Components.Controls;
using LatencyLab.Web.Components.Interop;
using LatencyLab.Web.Components.Jobs;
using LatencyLab.Web.Components.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace LatencyLab.Tests.Components;

public class ModelPageTests : ComponentTest
{
    /// <summary>The page once it has read the facts and its forms can be sent, so that it does not draw itself anew between a test's look and its click.</summary>
    private IRenderedComponent<ModelPage> RenderPage(string modelId = "cifar10_resnet9")
    {
        var page = Render<ModelPage>(parameters => parameters.Add(page => page.ModelId, modelId));
        page.WaitForElement(".chips, .facts [role=alert], .message-page");
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("button[type=submit][disabled]")));
        // The element is seen while the page is still being drawn on another thread; this waits its turn behind that.
        page.InvokeAsync(() => { }).GetAwaiter().GetResult();
        return page;
    }

    [Fact]
    public void Page_UnknownModel_SaysSoAndLeadsBack()
    {
        var page = RenderPage("no <such> model");

        Assert.Equal("There is no model “no <such> model”", TextOf(page.Find("h1")));
        Assert.Equal("/models", page.Find(".message-page a").GetAttribute("href"));
    }

    [Fact]
    public void Facts_Read_ShowWhatTheGraphAndTheCardSay()
    {
        var page = RenderPage();
        page.WaitForElement(".chips");

        var facts = TextOf(page.Find(".facts"));
        Assert.Contains("Input input float [N, 3, 32, 32]", facts, StringComparison.Ordinal);
        Assert.Contains("Opset 13", facts, StringComparison.Ordinal);
        Assert.Contains("Licence MIT", facts, StringComparison.Ordinal);
        Assert.Contains("trained by models/training", facts, StringComparison.Ordinal);
        Assert.Contains(Zoo.Find("cifar10_resnet9")!.Card.Sha256!, facts, StringComparison.Ordinal);
        Assert.Contains("Conv ×10", TextOf(page.Find(".chips")), StringComparison.Ordinal);
        Assert.Contains("libvips", TextOf(page.Find(".facts tbody")), StringComparison.Ordinal);
    }

    [Fact]
    public void Facts_DamagedFile_SaysWhyAndKeepsThePage()
    {
        Zoo.OnFacts = () => throw new InvalidModelException("fp32.onnx is truncated.");

        var page = RenderPage();

        page.WaitForAssertion(() => Assert.Contains("fp32.onnx is truncated.", TextOf(page.Find(".facts [role=alert]")), StringComparison.Ordinal));
        Assert.Contains("Licence", TextOf(page.Find(".facts")), StringComparison.Ordinal);
    }

    [Fact]
    public void Layers_NotMeasured_TheButtonMeasuresTheOptimizedVariant()
    {
        var page = RenderPage();
        Assert.Contains("Nothing is measured yet.", TextOf(page.Find(".layers")), StringComparison.Ordinal);

        page.Find(".layers .choice button").Click();

        Assert.Equal(["layers int8"], Zoo.Asked);
        Assert.NotNull(page.Find(".layers .job-progress"));
    }

    [Fact]
    public void Layers_TwoVariantsChosen_BothAreMeasured()
    {
        var page = RenderPage();

        page.Find("#layers-other").Change("control");
        page.Find(".layers .choice button").Click();

        Assert.Equal(["layers int8 control"], Zoo.Asked);
    }

    [Fact]
    public void Layers_VariantNotReady_SaysWhatItWaitsFor()
    {
        Zoo.Statuses = [Example.Status("control"), Example.Status("int8", VariantState.Preparing) with { Message = "making the int8 model" }];

        var page = RenderPage();

        Assert.Contains("INT8 is not ready yet: making the int8 model", TextOf(page.Find(".layers")), StringComparison.Ordinal);
        Assert.True(page.Find(".layers .choice button").HasAttribute("disabled"));
    }

    [Fact]
    public void Bars_ManyLayers_ShowTheLongestAndAllOnDemand()
    {
        Zoo.Profiles["int8"] = ZooExample.Profile("int8");
        var page = RenderPage();

        Assert.Equal(12, page.FindAll(".bars li").Count);
        Assert.StartsWith("features.19/Conv QLinearConv 0.290 ms", TextOf(page.FindAll(".bars li")[0]), StringComparison.Ordinal);
        Assert.Equal("width: 100%", page.FindAll(".bars .track i")[0].GetAttribute("style"));
        page.Find(".layers .more").Click();
        Assert.Equal(20, page.FindAll(".bars li").Count);
        Assert.Equal("true", page.Find(".layers .more").GetAttribute("aria-expanded"));
    }

    [Fact]
    public void Figures_Measured_SayHowFarFromTheLimit()
    {
        Zoo.Profiles["int8"] = ZooExample.Profile("int8");

        var figures = TextOf(RenderPage().Find(".figures-line"));

        Assert.Contains("Of the hardware limit 40 % at the limit 1.56 ms", figures, StringComparison.Ordinal);
        Assert.Contains("708 GMAC/s INT8", figures, StringComparison.Ordinal);
    }

    [Fact]
    public void Table_Chosen_HasEveryLayerWithItsBound()
    {
        Zoo.Profiles["int8"] = ZooExample.Profile("int8");
        var page = RenderPage();

        page.FindAll(".layers input[type=radio]")[1].Change("on");

        page.WaitForAssertion(() => Assert.Equal(20, page.FindAll(".layers tbody tr").Count));
        Assert.Equal("features.0/Conv with 1 fused QLinearConv INT8 0.100 25.0 % 10.0 40 % compute", TextOf(page.Find(".layers tbody tr")));
    }

    [Fact]
    public void Diff_BothMeasured_HoldsTheVariantAgainstTheOther()
    {
        Zoo.Profiles["int8"] = ZooExample.Profile("int8", [ZooExample.Layer(0, 0.1), ZooExample.Layer(1, 0.2)]);
        Zoo.Profiles["control"] = ZooExample.Profile("control", [ZooExample.Layer(0, 0.5, int8: false), ZooExample.Layer(1, 0.3, int8: false)]);
        var page = RenderPage();

        page.Find("#layers-other").Change("control");

        page.WaitForAssertion(() => Assert.Equal("INT8 against Control", TextOf(page.Find(".diff h3"))));
        Assert.Equal("features.0/Conv Conv → QLinearConv 0.500 0.100 −0.400 5.0×", TextOf(page.FindAll(".diff tbody tr")[0]));
        Assert.Equal("All layers 0.800 0.300 −0.500 2.7×", TextOf(page.Find(".diff tfoot tr")));
    }

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

        Assert.True(page.Find("#quantize-method").ParentElement!.HasAttribute("hidden"));
        Assert.Contains("Nothing has to be calibrated", TextOf(page.Find("#quantize-method-hint")), StringComparison.Ordinal);
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
        Assert.Contains("Layers in INT8 19 Left in float 1 Size 11.8 MB → 3.01 MB Same answer as FP32 98.3 % of 60 calibration pictures Took 22 s", report, StringComparison.Ordinal);
        Assert.Contains("head Softmax This operator has no INT8 form here.", report, StringComparison.Ordinal);
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

    [Fact]
    public void AMadeVariant_IsRemovedOnceItIsConfirmed_AndOnlyAMadeOne()
    {
        Zoo.Statuses = [.. Zoo.Statuses, Example.Status("int8-entropy") with { Title = "INT8 entropy", IsMade = true }];
        var page = RenderPage();

        page.Find(".removal button").Click();
        page.WaitForAssertion(() => Assert.Equal(["Remove for good", "Keep"], page.FindAll(".removal button").Select(TextOf)));
        Assert.DoesNotContain("remove int8-entropy", Zoo.Asked);
        page.Find(".removal .danger").Click();

        page.WaitForAssertion(() => Assert.DoesNotContain("INT8 entropy", page.FindAll(".variants strong").Select(TextOf)));
        Assert.Contains("remove int8-entropy", Zoo.Asked);
        Assert.Empty(page.FindAll(".removal"));
    }

    [Fact]
    public void AnImportedModel_IsRemovedOnceItIsConfirmed()
    {
        Zoo.Removable = true;
        var page = RenderPage();

        page.Find(".removal button").Click();
        JSInterop.VerifyFocusAsyncInvoke();
        page.FindAll(".removal button").Single(button => TextOf(button) == "Keep").Click();
        Assert.Equal(["Remove"], page.FindAll(".removal button").Select(TextOf));
        page.Find(".removal button").Click();
        page.Find(".removal .danger").Click();

        Assert.Equal(["remove model cifar10_resnet9"], Zoo.Asked);
        Assert.EndsWith("/models", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void AnImportedModel_ThatCannotGoNow_SaysWhyAndStays()
    {
        (Zoo.Removable, Zoo.RemovalRefusal) = (true, new ModelRemovalRefusedException(RemovalRefusal.InUse, "It is being worked on."));
        var page = RenderPage();

        page.Find(".removal button").Click();
        page.Find(".removal .danger").Click();

        Assert.Contains("It is being worked on.", TextOf(page.Find("[role=alert]")), StringComparison.Ordinal);
        Assert.Equal("Remove", TextOf(page.Find(".removal button")));
    }

    [Fact]
    public void AModel_ThatShips_OffersNoRemoval() => Assert.Empty(RenderPage().FindAll(".removal"));

    [Fact]
    public void AModel_ThatSomebodyElseRemoves_IsSaidToBeGone()
    {
        Zoo.Jobs = [ZooExample.Job(QuantizeJobs.Kind, JobState.Running)];
        var page = RenderPage();

        (Zoo.IsGone, Zoo.Jobs) = (true, []);

        page.WaitForAssertion(() => Assert.Equal("There is no model “cifar10_resnet9”", TextOf(page.Find("h1"))));
    }

    [Fact]
    public void Pruning_Done_ShowsWhatWentAndOffersTheFile()
    {
        Zoo.Jobs = [ZooExample.Job(PruneJobs.Kind, JobState.Done) with { Result = new PruneResult("base.onnx", ZooExample.Pruned()) }];

        var card = RenderPage().Find("article.job");

        Assert.Contains("Multiply-adds 77.6 % removed 151 M → 33.8 M Parameters 81.3 % removed 2.96 M → 552 k Size 11.8 MB → 2.22 MB", TextOf(card), StringComparison.Ordinal);
        Assert.Contains("Its accuracy is lost until it is fine-tuned", TextOf(card), StringComparison.Ordinal);
        Assert.Equal("api/jobs/job1/file", card.QuerySelector("a[download]")!.GetAttribute("href"));
    }

    [Fact]
    public void Pruning_BatchNormChosen_SaysWhatItNeeds()
    {
        var page = RenderPage();

        page.Find("#prune-by").Change("batchnorm");

        page.WaitForAssertion(() => Assert.Contains("the model must still have its BatchNorms", TextOf(page.Find("#prune-by-hint")), StringComparison.Ordinal));
    }

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
}
