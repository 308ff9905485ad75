using Bunit;
using LatencyLab.Inference.Models;

namespace LatencyLab.Tests.Components;

public class ModelPageTests : ModelPageTest
{
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
}
