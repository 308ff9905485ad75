using Bunit;
using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Optimization.Jobs;

namespace LatencyLab.Tests.Components;

public class ModelPagePruneTests : ModelPageTest
{
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
    public void Pruning_MoreOptions_AreThoseOfTheApi()
    {
        var more = RenderPage().Find("form.prune details");

        Assert.Equal(["round", "minimum", "skip", "uniform"], more.QuerySelectorAll("[name]").Select(field => field.GetAttribute("name")));
        Assert.Equal("8", more.QuerySelector("#prune-round")!.GetAttribute("placeholder"));
    }
}
