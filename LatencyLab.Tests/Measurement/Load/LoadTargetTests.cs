using System.Net;
using LatencyLab.Inference.Live;
using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Measurement.Load;
using LatencyLab.Inference.Measurement.Load.Arrivals;
using LatencyLab.Inference.Sessions;
using LatencyLab.Tests.Sessions;

namespace LatencyLab.Tests.Measurement.Load;

public class LoadTargetTests(LoadedZoo zoo) : IClassFixture<LoadedZoo>
{
    private static readonly LoadOptions Short = new() { Warmup = TimeSpan.FromMilliseconds(200), Duration = TimeSpan.FromSeconds(1) };

    [Fact]
    public async Task Variant_UnderAnOpenLoop_AccountsForEveryArrivalAndStage()
    {
        var target = new VariantLoadTarget(zoo.Variant("int8"), new ClassifierGate(2, 64), [SamplePicture.Read("cat.jpg"), SamplePicture.Read("frog.jpg")]);

        var result = await LoadRun.Start(target, Short with { Schedule = new ConstantArrivals(20) }).Completion;

        Assert.Equal(20, result.Samples + result.Unsent);
        Assert.Empty(result.Failures);
        Assert.Equal("int8", result.Target.VariantId);
        Assert.All([Stage.Decode, Stage.Inference, Stage.Other], stage => Assert.Contains(result.Stages, found => found.Stage == stage));
        Assert.Equal(result.MeanMs!.Value, result.Stages.Sum(stage => stage.MeanMs), 0.01 * result.MeanMs.Value);
        Assert.Equal(result.Samples, result.Histograms.Stages[Stage.Inference].Count);
    }

    [Fact]
    public async Task Variant_BehindAFullGate_FailsByName()
    {
        var gate = new ClassifierGate(1, 0);
        var target = new VariantLoadTarget(zoo.Variant("int8"), gate);
        LoadResult result;
        using (await gate.EnterAsync(CancellationToken.None))
        {
            result = await LoadRun.Start(target, Short with { Schedule = new ConstantArrivals(20) }).Completion;
        }

        Assert.Equal(20, result.Failures[LoadFailureKinds.QueueFull] + result.Unsent);
        Assert.Equal(0, result.Samples);
    }

    [Fact]
    public async Task Variant_WhoseShownPictureChanges_ForgetsTheAnswerToTheOneBefore()
    {
        var pictures = new LivePictures([SamplePicture.Read("ship.jpg")]);
        var variant = LiveVariant.Of(zoo.Entries.Single(entry => entry.Options.Id == "int8"), new ClassifierGate(1, 0), pictures);
        await variant.Target!.SendAsync(new LoadRequest(), CancellationToken.None);
        Assert.Equal("ship", variant.Answer()!.Label);

        pictures.Shown = SamplePicture.Read("cat.jpg");

        Assert.Null(variant.Answer());
        await variant.Target.SendAsync(new LoadRequest(), CancellationToken.None);
        Assert.Equal("cat", variant.Answer()!.Label);
    }

    [Fact]
    public async Task Variant_ThatCannotReadThePicture_IsRefusedBeforeAnyLoad()
    {
        var target = new VariantLoadTarget(zoo.Variant("int8"), new ClassifierGate(1, 0), [new byte[] { 1, 2, 3 }]);

        var error = await Assert.ThrowsAsync<LoadTargetException>(() => LoadRun.Start(target, Short).Completion);
        Assert.Contains("int8 cannot answer", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Service_ThatIsNotThere_IsNamedWithTheFix()
    {
        using var target = new HttpLoadTarget(new Uri("http://127.0.0.1:9/"), "int8", null, [SamplePicture.Read("cat.jpg")]);

        var error = await Assert.ThrowsAsync<LoadTargetException>(() => LoadRun.Start(target, Short).Completion);
        Assert.Contains("http://127.0.0.1:9/api/classify/int8 cannot be reached", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "type": "queue-full", "detail": "Busy." }""", "queue-full")]
    [InlineData("<html>Bad gateway</html>", "http-502")]
    [InlineData("[1]", "http-502")]
    public void Problem_OfAService_HasItsTypeOrItsStatus(string body, string expected) =>
        Assert.Equal(expected, ServiceProblem.Read(System.Text.Encoding.UTF8.GetBytes(body), HttpStatusCode.BadGateway).Type);
}
