using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Remote;
using LatencyLab.Inference.Sessions;
using LatencyLab.Tests.Api;
using LatencyLab.Tests.Models;
using LatencyLab.Tests.Sessions;
using Microsoft.Extensions.Logging.Abstractions;

namespace LatencyLab.Tests.Remote;

public class RemoteVariantTests(WebApp web) : IClassFixture<WebApp>
{
    private const string ModelId = "cifar10_resnet9";

    [Fact]
    public async Task ARemoteVariant_ServedByTheWebApplication_AnswersLikeTheLocalOneAndShowsTheWayThere()
    {
        using var remote = new RemoteInferenceFactory(new RemoteOptions());
        await using var registry = Registry(remote, web.Address.AbsoluteUri, version: "engine");

        await registry.WaitAsync(ModelId, CancellationToken.None);

        var status = registry.StatusOf(ModelId)[1];
        Assert.Null(status.Message);
        Assert.Equal(VariantState.Ready, status.State);
        Assert.Equal("Remote", status.Provider);
        Assert.Equal(0, status.Threads);
        Assert.Equal(0, status.ModelSizeBytes);
        Assert.True(status.ColdMs > 0);

        foreach (var name in new[] { "ship.jpg", "cat.jpg", "frog.jpg" })
        {
            var here = registry.Entries(ModelId)[0].Variant!.Classify(SamplePicture.Read(name));
            var there = registry.Entries(ModelId)[1].Variant!.Classify(SamplePicture.Read(name));

            Assert.Equal(here.Predictions.Select(prediction => prediction.ClassIndex), there.Predictions.Select(prediction => prediction.ClassIndex));
            Assert.All(here.Predictions.Zip(there.Predictions), pair => Assert.Equal(pair.First.Probability, pair.Second.Probability, 6));
            Assert.Equal(0, here.Times[Stage.Network]);
            Assert.True(there.Times[Stage.Network] > 0 && there.Times[Stage.Inference] > 0);
        }
    }

    [Fact]
    public async Task ARemoteVariant_WhoseServiceIsGone_FailsWithItsAddressAndLeavesTheOthersStanding()
    {
        var gone = await FakeService.StartAsync();
        var address = gone.Address;
        await gone.DisposeAsync();
        using var remote = new RemoteInferenceFactory(new RemoteOptions { ReadyPatienceSeconds = 0 });
        await using var registry = Registry(remote, address);

        await registry.WaitAsync(ModelId, CancellationToken.None);

        var states = registry.StatusOf(ModelId);
        Assert.Equal(VariantState.Ready, states[0].State);
        Assert.Equal(VariantState.Failed, states[1].State);
        Assert.Contains(address, states[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARemoteVariant_WithoutAnyModelFileHere_Answers()
    {
        var folder = Directory.CreateTempSubdirectory("latencylab-card-only-").FullName;
        foreach (var name in new[] { "model.json", "labels.txt" })
        {
            File.Copy(Path.Combine(Path.GetDirectoryName(EmbeddedZoo.Default.CardPath)!, name), Path.Combine(folder, name));
        }
        await using var service = await FakeService.StartAsync();
        using var remote = new RemoteInferenceFactory(new RemoteOptions());
        await using var registry = Registry(remote, service.Address, folder: folder);

        var entry = registry.Entries(ModelId, ["remote"])[0];
        await entry.Settled;

        // The fake answers with equal logits.
        Assert.Null(entry.Status.Message);
        Assert.All(entry.Variant!.Classify(SamplePicture.Read("ship.jpg")).Predictions, prediction => Assert.Equal(0.1, prediction.Probability, 6));
        Directory.Delete(folder, recursive: true);
    }

    private static VariantRegistry Registry(RemoteInferenceFactory remote, string address, string? version = null, string? folder = null) => new(
        new ModelCatalogue([folder ?? EmbeddedZoo.Folder]),
        [new() { Id = "local", Title = "Local" }, new() { Id = "remote", Title = "Remote", Remote = address, RemoteVersion = version }],
        new VariantLoader(ImageDecoders.CreateDefault(new ImageLimits()), remote), new LoadedZoo.NoPreparer(), NullLogger<VariantRegistry>.Instance);
}
