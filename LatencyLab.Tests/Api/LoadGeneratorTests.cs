using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Measurement.Load;
using LatencyLab.Tests.Sessions;

namespace LatencyLab.Tests.Api;

/// <summary>The load generator against the real host.</summary>
public class LoadGeneratorTests(WebApp app) : IClassFixture<WebApp>
{
    private static readonly LoadOptions Short = new() { Callers = 2, Warmup = TimeSpan.FromMilliseconds(200), Duration = TimeSpan.FromSeconds(1) };

    [Fact]
    public async Task Service_UnderAClosedLoop_AnswersWithItsStagesAndTheWay()
    {
        using var target = new HttpLoadTarget(app.Address, "int8", "cifar10_resnet9", [SamplePicture.Read("cat.jpg")]);

        var result = await LoadRun.Start(target, Short).Completion;

        Assert.True(result.Samples > 0);
        Assert.Empty(result.Failures);
        Assert.All([Stage.Decode, Stage.Network, Stage.Inference], stage => Assert.Contains(result.Stages, found => found.Stage == stage));
        Assert.Equal(result.MeanMs!.Value, result.Stages.Sum(stage => stage.MeanMs), 0.01 * result.MeanMs.Value);
        Assert.Equal(app.Address.AbsoluteUri, result.Target.Url);
    }

    [Fact]
    public async Task Service_WithoutTheVariant_RefusesBeforeAnyLoad()
    {
        using var target = new HttpLoadTarget(app.Address, "nope", null, [SamplePicture.Read("cat.jpg")]);

        var error = await Assert.ThrowsAsync<LoadTargetException>(() => LoadRun.Start(target, Short).Completion);
        Assert.Contains("404 (not-found)", error.Message, StringComparison.Ordinal);
    }
}
