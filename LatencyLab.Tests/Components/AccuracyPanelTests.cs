using Bunit;
using LatencyLab.Inference.Evaluation;
using LatencyLab.Inference.Evaluation.Jobs;
using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Sessions;
using LatencyLab.Tests.Models;
using LatencyLab.Web.Components.Interop;
using LatencyLab.Web.Components.Pages;

namespace LatencyLab.Tests.Components;

public class AccuracyPanelTests : ComponentTest
{
    [Fact]
    public void Form_Rendered_IsHandedToTheScriptWithItsLimitsAndNamesTheClasses()
    {
        var page = RenderPage();

        Assert.Contains(new UploadLimits(1, 500_000_000, 500_000_000), Forms.Invocations["attach"].Select(attached => attached.Arguments[1]));
        Assert.Equal("api/models/cifar10_resnet9/evaluate", page.Find("form.evaluate").GetAttribute("action"));
        Assert.Contains("“airplane”, “automobile”, “bird” and so on", TextOf(page.Find("#evaluate-data-hint")), StringComparison.Ordinal);
        Assert.Contains("500 MB", TextOf(page.Find("#evaluate-data-hint")), StringComparison.Ordinal);
    }

    [Fact]
    public void Variants_AreAllThatMayAnswer_UntilOneIsLeftOut()
    {
        Zoo.Statuses = [Example.Status("control"), Example.Status("engine", VariantState.Failed), Example.Status("int8")];
        var page = RenderPage();
        Assert.Equal("control,int8", Sent(page));
        Assert.True(page.FindAll(".evaluate .choices input[type=checkbox]")[1].HasAttribute("disabled"));

        page.FindAll(".evaluate .choices input[type=checkbox]")[0].Change(false);

        Assert.Equal("int8", Sent(page));
        // Without any, all would be meant.
        Assert.True(page.FindAll(".evaluate .choices input[type=checkbox]")[2].HasAttribute("disabled"));
    }

    [Fact]
    public void Writing_IsOfferedOnlyWhereItIsAllowed()
    {
        Assert.Empty(RenderPage().FindAll("[name=write]"));
        Zoo.CanWriteAccuracies = true;

        var page = RenderPage();
        Assert.Empty(page.FindAll("[name=dataSet]"));
        page.Find("[name=write]").Change(true);

        Assert.NotNull(page.Find("[name=dataSet]"));
    }

    [Fact]
    public void AResult_IsATableWithTheProblemsBeneath()
    {
        Zoo.Jobs = [ZooExample.Job(EvaluateJobs.Kind, JobState.Done) with { Result = Result() }];

        var page = RenderPage();

        Assert.Equal("control 87.50 % 52.9–97.8 % 100.00 % – –", TextOf(page.FindAll(".accuracy tbody tr")[0]));
        Assert.Equal("int8 75.00 % 40.9–92.9 % 87.50 % +12.50 87.50 %", TextOf(page.FindAll(".accuracy tbody tr")[1]));
        Assert.Equal("engine: <b>no</b> such provider", TextOf(page.Find(".accuracy .problems li")));
        Assert.Contains("8 pictures of val.zip, decoded by libvips", TextOf(page.Find(".accuracy .job")), StringComparison.Ordinal);
        Assert.Contains("Written as “val” for control, int8.", TextOf(page.Find(".accuracy .job")), StringComparison.Ordinal);
    }

    [Fact]
    public void ARunningJob_CanBeCancelled()
    {
        Zoo.Jobs = [ZooExample.Job(EvaluateJobs.Kind, JobState.Running)];

        RenderPage().Find(".accuracy .job-progress button").Click();

        Assert.Equal(["cancel job1"], Zoo.Asked);
    }

    [Fact]
    public void AnAccuracy_ThatWasWritten_IsAmongTheFactsWithoutAReload()
    {
        Zoo.Shown = EmbeddedZoo.Default with { Card = CopiedModel.WithoutAccuracy(EmbeddedZoo.Default.Card) };
        var page = RenderPage();
        Assert.Contains("The card states none.", TextOf(page.Find(".facts")), StringComparison.Ordinal);

        Zoo.Shown = EmbeddedZoo.Default;
        Zoo.Jobs = [ZooExample.Job(EvaluateJobs.Kind, JobState.Done) with { Result = Result() }];

        page.WaitForAssertion(() => Assert.Contains("cifar10_test", TextOf(page.Find(".facts tbody")), StringComparison.Ordinal));
    }

    private static string? Sent(IRenderedComponent<ModelPage> page) => page.Find(".evaluate [name=variants]").GetAttribute("value");

    private IRenderedComponent<ModelPage> RenderPage()
    {
        var page = Render<ModelPage>(parameters => parameters.Add(page => page.ModelId, "cifar10_resnet9"));
        page.WaitForElement(".chips");
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("button[type=submit][disabled]")));
        // The element is seen while the page is still being drawn on another thread; this waits its turn behind that.
        page.InvokeAsync(() => { }).GetAwaiter().GetResult();
        return page;
    }

    private static EvaluationResult Result() => new()
    {
        ModelId = "cifar10_resnet9",
        Data = "val.zip",
        Pictures = 8,
        Decoder = "libvips",
        Int8Path = "AVX-512 VNNI",
        Variants =
        [
            new("control", Precisions.Fp32, 0.875, [0.529, 0.978], 1, 0, 1, null),
            new("int8", Precisions.Int8, 0.75, [0.409, 0.929], 0.875, 12.5, 0.875, null),
        ],
        Problems = ["engine: <b>no</b> such provider"],
        Written = [new("control", "val", "model.json"), new("int8", "val", "model.json")],
    };
}
