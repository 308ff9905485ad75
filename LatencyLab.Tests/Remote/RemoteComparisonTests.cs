using LatencyLab.Inference.Comparison;
using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Remote;
using LatencyLab.Inference.Sessions;
using LatencyLab.Tests.Models;
using LatencyLab.Tests.Sessions;
using LatencyLab.Web.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace LatencyLab.Tests.Remote;

public class RemoteComparisonTests
{
    private readonly IImageDecoder _decoder = ImageDecoders.CreateDefault(new ImageLimits());

    [Fact]
    public async Task Comparison_WithARemoteVariant_ShowsItsNetworkStageAndItsAddress()
    {
        await using var service = await FakeService.StartAsync();

        var result = await CompareAsync(service, beforeRounds: () => { });

        var far = result.Variants[1];
        Assert.Null(far.Failure);
        Assert.Equal(service.Address, far.Remote);
        Assert.Contains(far.Stages, stage => stage.Stage == Stage.Network && stage.MeanMs > 0);
        Assert.DoesNotContain(result.Variants[0].Stages, stage => stage.Stage == Stage.Network);
    }

    [Fact]
    public async Task Comparison_ServiceBreaksDown_ShowsANetworkFailureAndLeavesTheOthersStanding()
    {
        var broken = false;
        await using var service = await FakeService.StartAsync(context =>
        {
            context.Response.StatusCode = broken ? 500 : 200;
            return broken ? Task.CompletedTask : FakeService.AnswerAsync(context, new float[10]);
        });

        var result = await CompareAsync(service, beforeRounds: () => broken = true);

        Assert.Null(result.Variants[0].Failure);
        Assert.Equal(5, result.Variants[0].Predictions.Count);
        Assert.Equal("network", result.Variants[1].Failure!.Stage);
        Assert.StartsWith(service.Address, result.Variants[1].Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Api_ServiceBreaksDown_AnswersThatTheVariantFailed()
    {
        var context = new DefaultHttpContext();
        using var body = context.Response.Body = new MemoryStream();

        var handled = await new ApiExceptionHandler().TryHandleAsync(context, new RemoteInferenceException("http://far cannot be reached."), CancellationToken.None);

        Assert.True(handled);
        Assert.Equal(503, context.Response.StatusCode);
        var answer = System.Text.Json.Nodes.JsonNode.Parse(((MemoryStream)body).ToArray())!;
        Assert.Equal("variant-failed", (string?)answer["type"]);
        Assert.Equal("http://far cannot be reached.", (string?)answer["detail"]);
    }

    private async Task<ComparisonResult> CompareAsync(FakeService service, Action beforeRounds)
    {
        using var remote = new RemoteInferenceFactory(new RemoteOptions());
        await using var registry = new VariantRegistry(
            new ModelCatalogue([EmbeddedZoo.Folder]), [new() { Id = "control", Title = "Control" }, service.Variant],
            new VariantLoader(_decoder, remote), new LoadedZoo.NoPreparer(), NullLogger<VariantRegistry>.Instance);
        await registry.WaitAsync(FakeService.Model.Id, CancellationToken.None);
        beforeRounds();
        var encoded = SamplePicture.Read("ship.jpg");
        var request = new ComparisonRequest
        {
            Encoded = encoded,
            Image = ImageFactsReader.Read(_decoder, encoded, "ship.jpg"),
            Variants = registry.Entries(FakeService.Model.Id),
            Rounds = 3,
            WarmupRounds = 1,
        };
        return await new ComparisonRunner(new ClassifierGate(places: 2, queueLength: 4), TimeProvider.System)
            .RunAsync(request, progress: null, CancellationToken.None);
    }
}
