using Bunit;
using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Optimization.Jobs;
using LatencyLab.Inference.Sessions;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace LatencyLab.Tests.Components;

public class ModelPageRemovalTests : ModelPageTest
{
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
}
