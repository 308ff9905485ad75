using Bunit;
using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Models.Catalog;
using LatencyLab.Inference.Models.Import;
using LatencyLab.Web.Components.Charts;
using LatencyLab.Web.Components.Controls;
using LatencyLab.Web.Components.Pages;
using LatencyLab.Web.Components.Zoo;
using LatencyLab.Web.Zoo;

namespace LatencyLab.Tests.Components;

public class ModelsPageTests : ComponentTest
{
    private static FrontierChartData Sent(JSRuntimeInvocation invocation) => Assert.IsType<FrontierChartData>(invocation.Arguments[^1]);

    [Fact]
    public void Page_NothingMeasured_ShowsTheZooAndInvitesToMeasure()
    {
        var page = Render<ModelsPage>();

        Assert.Equal("2 models", TextOf(page.Find("h1")));
        Assert.Contains("Nothing is measured on this machine yet", TextOf(page.Find(".frontier")), StringComparison.Ordinal);
        Assert.Equal(["A small one", "Base <b>model</b>"], page.FindAll(".zoo tbody th a").Select(TextOf));
        Assert.Equal("/models/base", page.FindAll(".zoo tbody th a")[1].GetAttribute("href"));
        Assert.Contains("not measured", TextOf(page.Find(".zoo tbody")), StringComparison.Ordinal);
    }

    [Fact]
    public void Measure_Pressed_StartsAJobWithItsRoundsAndOffersToCancel()
    {
        var page = Render<ModelsPage>();

        page.Find("#frontier-rounds").Change("5");
        page.Find(".frontier .measure button").Click();

        Assert.Equal(["frontier 5 base"], Zoo.Asked);
        Assert.Equal("true", page.Find(".frontier").GetAttribute("aria-busy"));
        Assert.Contains("Calibrating, picture 12 of 60 about 12 s left", TextOf(page.Find(".job-progress")), StringComparison.Ordinal);
        page.Find(".job-progress button").Click();
        page.WaitForAssertion(() => Assert.Equal("cancel job1", Zoo.Asked[^1]));
    }

    [Fact]
    public void Base_Chosen_IsWhatTheOthersAreHeldAgainst()
    {
        Zoo.FrontierBases = [new("base", "Base <b>model</b>", 1), new("small", "A small one", 1), new("lone", "Another task", 0)];
        var page = Render<ModelsPage>();
        Assert.Equal(["Base <b>model</b>, with 1 other", "A small one, with 1 other", "Another task, alone"], page.FindAll("#frontier-base option").Select(TextOf));

        page.Find("#frontier-base").Change("small");
        page.Find(".frontier .measure button").Click();

        Assert.Equal(["frontier 100 small"], Zoo.Asked);
    }

    [Fact]
    public void Base_OfTheShownFrontier_IsTheOneToMeasureAgain()
    {
        Zoo.FrontierBases = [new("small", "A small one", 1), new("base", "Base <b>model</b>", 1)];
        Zoo.Frontier = ZooExample.Frontier();
        var page = Render<ModelsPage>();

        page.Find(".frontier .measure button").Click();

        Assert.Equal(["frontier 100 base"], Zoo.Asked);
    }

    [Fact]
    public void Measure_TooManyJobs_SaysSo()
    {
        Zoo.QueueIsFull = true;
        var page = Render<ModelsPage>();

        page.Find(".frontier .measure button").Click();

        Assert.Contains("8 jobs wait already", TextOf(page.Find("[role=alert]")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(JobState.Failed, "cat.jpg cannot be used for calibration.")]
    [InlineData(JobState.Cancelled, "Cancelled; nothing was kept.")]
    public void Measurement_ThatEndedWithoutAResult_SaysWhy(JobState state, string expected)
    {
        Zoo.Jobs = [ZooExample.Job(JobKinds.Frontier, state, modelId: null)];

        Assert.Contains(expected, TextOf(Render<ModelsPage>().Find(".frontier")), StringComparison.Ordinal);
    }

    [Fact]
    public void Frontier_Measured_IsDrawnWithItsNamesAsText()
    {
        Zoo.Frontier = ZooExample.Frontier();

        var page = Render<ModelsPage>();

        Assert.Equal("2 of 3 configurations cannot be beaten", TextOf(page.Find("h1")));
        var data = Sent(FrontierCharts.VerifyInvoke("create"));
        Assert.Equal(["A small one, int8", "Base <b>model</b>, int8", "Base <b>model</b>, control"], data.Points.Select(point => point.Name));
        Assert.Equal([true, true, false], data.Points.Select(point => point.OnFrontier));
        Assert.True(data.Points[0].X < data.Points[1].X && data.Points[1].X < data.Points[2].X, "further right is slower");
        Assert.True(data.Points[2].RadiusPx > data.Points[0].RadiusPx, "a larger file is a larger mark");
        Assert.All(data.Points, point => Assert.InRange(point.Y, data.YMin, data.YMax));
        Assert.All(data.XTicks, tick => Assert.InRange(tick.At, 0, 1));
    }

    [Fact]
    public void Frontier_Measured_ThePictureHasWordsForThoseWhoDoNotSeeIt()
    {
        Zoo.Frontier = ZooExample.Frontier();

        Assert.Contains("On the frontier: A small one, int8; Base <b>model</b>, int8.", TextOf(Render<ModelsPage>().Find(".frontier")), StringComparison.Ordinal);
    }

    [Fact]
    public void Table_Chosen_HasTheNumbersOfTheChart()
    {
        Zoo.Frontier = ZooExample.Frontier();
        var page = Render<ModelsPage>();

        page.FindAll(".frontier input[type=radio]")[1].Change("on");

        var rows = page.FindAll(".frontier tbody tr").Select(TextOf).ToArray();
        Assert.StartsWith("A small one, int8 on the frontier INT8 84.20 % −6.55 0.125 14.4× 13.6–15.2×", rows[0], StringComparison.Ordinal);
        Assert.StartsWith("Base <b>model</b>, control FP32 90.75 % 0.00 1.800 1.00×", rows[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Frontier_TheFastestWithoutAnAccuracy_IsNotPraised()
    {
        Zoo.Frontier = ZooExample.Frontier(ZooExample.Row("base", "int8-mse", 0.1, null), ZooExample.Row("small", "int8", 0.4, 0.9, onFrontier: true));

        Assert.Contains("The fastest of them, A small one, int8,", TextOf(Render<ModelsPage>().Find("h1").ParentElement!), StringComparison.Ordinal);
    }

    [Fact]
    public void Frontier_RowWithoutAnAccuracy_IsInTheTableOnlyAndThePageSaysSo()
    {
        Zoo.Frontier = ZooExample.Frontier(ZooExample.Row("base", "int8", 0.4, 0.9, onFrontier: true), ZooExample.Row("small", "int8", 0.1, null));

        var page = Render<ModelsPage>();

        Assert.Single(Sent(FrontierCharts.VerifyInvoke("create")).Points);
        Assert.Contains("1 configuration without a stated accuracy is in the table only.", TextOf(page.Find(".frontier")), StringComparison.Ordinal);
    }

    [Fact]
    public void Frontier_AVariantMadeHere_IsNamedAfterItInChartAndTable()
    {
        Zoo.Frontier = ZooExample.Frontier(
            ZooExample.Row("base", "int8-entropy", 0.3, 0.9, onFrontier: true), ZooExample.Row("base", "control", 1.8, 0.9)) with
        {
            DataSet = "val",
            Insights = [new("unknown-accuracy", "latencylab evaluate <b>")],
        };
        var page = Render<ModelsPage>();

        Assert.Equal("Base <b>model</b>, int8-entropy", Sent(FrontierCharts.VerifyInvoke("create")).Points[0].Name);
        Assert.Contains("top-1 on val", TextOf(page.Find(".frontier")), StringComparison.Ordinal);
        Assert.Contains("latencylab evaluate <b>", TextOf(page.Find(".frontier")), StringComparison.Ordinal);
        page.FindAll(".frontier input[type=radio]")[1].Change("on");
        Assert.StartsWith("Base <b>model</b>, int8-entropy on the frontier", TextOf(page.Find(".frontier tbody tr")), StringComparison.Ordinal);
    }

    [Fact]
    public void Zoo_HeadingClicked_SortsAndSaysHow()
    {
        var page = Render<ModelsPage>();
        string? Order(string column) => page.FindAll(".zoo thead th").Single(cell => TextOf(cell).StartsWith(column, StringComparison.Ordinal)).GetAttribute("aria-sort");

        page.FindAll(".zoo thead button").Single(button => TextOf(button).StartsWith("Top-1", StringComparison.Ordinal)).Click();

        Assert.Equal("descending", Order("Top-1"));
        Assert.Null(Order("Model"));
        Assert.Equal(["Base <b>model</b>", "A small one"], page.FindAll(".zoo tbody th a").Select(TextOf));
        page.FindAll(".zoo thead button").Single(button => TextOf(button).StartsWith("Top-1", StringComparison.Ordinal)).Click();
        Assert.Equal("ascending", Order("Top-1"));
    }

    [Fact]
    public void Zoo_Sorted_RowsWithoutAValueComeLastEitherWay()
    {
        var latency = ZooColumn.All.Single(column => column.Title == "Latency");
        var rows = ZooRow.Of([.. Zoo.Models, ZooExample.Model("other", "Other")], ZooExample.Frontier());

        Assert.Equal("other", latency.Sort(rows, descending: false)[^1].Model.Id);
        Assert.Equal("other", latency.Sort(rows, descending: true)[^1].Model.Id);
        Assert.Equal("small", latency.Sort(rows, descending: false)[0].Model.Id);
    }

    [Fact]
    public void Import_NotAllowed_IsNotOffered() => Assert.Empty(Render<ModelsPage>().FindAll("form.import"));

    [Fact]
    public void Import_Offered_HasTheOptionsOfTheApiFoldedAway()
    {
        Zoo.ImportLimits = new(2, 1_000_000_000, 1_000_000_000);

        var form = Render<ModelsPage>().Find("form.import");

        Assert.Equal("api/models", form.GetAttribute("action"));
        Assert.Equal(["model", "labels", "id"], form.QuerySelectorAll(":scope > .field > input").Select(input => input.GetAttribute("name")));
        var options = form.QuerySelector("details")!;
        Assert.False(options.HasAttribute("open"));
        Assert.Equal(
            ["title", "size", "shortSide", "resize", "mean", "std", "output", "license"],
            options.QuerySelectorAll("input, select").Select(input => input.GetAttribute("name")));
        Assert.Equal(["", "short_side", "stretch"], options.QuerySelectorAll("option").Select(option => option.GetAttribute("value")));
        Assert.All(options.QuerySelectorAll("input, select"), input =>
        {
            Assert.NotNull(options.QuerySelector($"label[for={input.Id}]"));
            Assert.NotNull(options.QuerySelector($"#{input.GetAttribute("aria-describedby")}"));
        });
    }

    [Fact]
    public async Task Import_Accepted_ShowsItsNotesAndLeadsToTheNewModel()
    {
        Zoo.ImportLimits = new(2, 1_000_000_000, 1_000_000_000);
        var page = Render<ModelsPage>();
        var form = page.FindComponent<ImportForm>();

        Zoo.Models = [.. Zoo.Models, ZooExample.Model("my model", "Mine")];
        await page.InvokeAsync(() => form.Instance.OnAccepted(new Accepted("my model", ["Mean <was> assumed.", "Labels were assumed."])));

        Assert.Equal("my model is imported. Open it", TextOf(page.Find(".imported p")));
        Assert.Equal("models/my%20model", page.Find(".imported a").GetAttribute("href"));
        Assert.Equal(["Mean <was> assumed.", "Labels were assumed."], page.FindAll(".imported li").Select(TextOf));
        Assert.Contains("Mine", page.FindAll(".zoo tbody th a").Select(TextOf));

        await page.InvokeAsync(() => form.Instance.OnSending(0));
        Assert.Empty(page.FindAll(".imported"));
    }

    [Fact]
    public async Task Import_WithoutNotes_SaysOnlyThatItIsThere()
    {
        Zoo.ImportLimits = new(2, 1_000_000_000, 1_000_000_000);
        var page = Render<ModelsPage>();

        await page.InvokeAsync(() => page.FindComponent<ImportForm>().Instance.OnAccepted(new Accepted("mine", [])));

        Assert.Equal("mine is imported. Open it", TextOf(page.Find(".imported")));
    }

    [Fact]
    public void Page_NoModels_NamesTheSetting()
    {
        Zoo.Models = [];

        Assert.Contains("LatencyLab:ModelPaths", TextOf(Render<ModelsPage>().Find("[role=alert]")), StringComparison.Ordinal);
    }

    [Fact]
    public void Published_ModelsMayNotBeImported_AreNotOffered() => Assert.DoesNotContain("Published models", Render<ModelsPage>().Markup, StringComparison.Ordinal);

    [Fact]
    public void Published_Pull_StartsAJobThatCanBeCancelled()
    {
        Zoo.Published = [ZooExample.Published(), ZooExample.Published("squeezenet", isPulled: true)];
        var page = Render<ModelsPage>();
        var rows = page.FindAll("[data-published]");
        Assert.Equal("ResNet-50 <b>v1</b> 224 × 224 px · 102 MB · Apache-2.0 · no published hash · models.example Pull ResNet-50 <b>v1</b>", TextOf(rows[0]));
        Assert.Equal("models/squeezenet", rows[1].QuerySelector("a")!.GetAttribute("href"));

        page.Find("[data-published=resnet50] button").Click();

        Assert.Equal(["pull resnet50"], Zoo.Asked);
        Assert.Contains("about 12 s left", TextOf(page.Find("[data-published=resnet50]")), StringComparison.Ordinal);
        page.Find("[data-published=resnet50] .job-progress button").Click();
        page.WaitForAssertion(() => Assert.Equal("cancel job1", Zoo.Asked[^1]));
    }

    [Fact]
    public void Published_PullFailed_SaysWhyAndOffersItAgain()
    {
        Zoo.Published = [ZooExample.Published()];
        Zoo.Jobs = [ZooExample.Job(PullJobs.Kind, JobState.Failed, "resnet50") with { Message = "models.example cannot be reached." }];

        var row = Render<ModelsPage>().Find("[data-published=resnet50]");

        Assert.Contains("models.example cannot be reached.", TextOf(row), StringComparison.Ordinal);
        Assert.StartsWith("Pull", TextOf(row.QuerySelector("button")!), StringComparison.Ordinal);
    }

    [Fact]
    public void Published_Pulled_ShowsWhatWasAssumed()
    {
        Zoo.Published = [ZooExample.Published(isPulled: true)];
        Zoo.Jobs = [ZooExample.Job(PullJobs.Kind, JobState.Done, "resnet50") with { Result = ZooExample.Model("resnet50", "ResNet") with { Notes = ["It was not verified."] } }];

        Assert.Equal(["It was not verified."], Render<ModelsPage>().FindAll("[data-published=resnet50] .notes li").Select(TextOf));
    }

    [Fact]
    public void Published_ThatIsHereMeanwhile_SaysSo()
    {
        Zoo.Published = [ZooExample.Published()];
        Zoo.PullRefusal = new ModelRefusedException(ImportRefusal.IdTaken, "There is a model `resnet50` already.");
        var page = Render<ModelsPage>();

        page.Find("[data-published=resnet50] button").Click();

        Assert.Contains("There is a model `resnet50` already.", TextOf(page.Find("[role=alert]")), StringComparison.Ordinal);
    }
}
