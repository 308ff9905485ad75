using LatencyLab.Inference.Layers;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Inference.Sessions;
using LatencyLab.Tests.Comparison;
using LatencyLab.Tests.Models;
using LatencyLab.Tests.Sessions;

namespace LatencyLab.Tests.Layers;

public class LayerProfilerTests(LoadedZoo zoo) : IClassFixture<LoadedZoo>
{
    /// <summary>Channels in, channels out and side of the output of the embedded network's 3 × 3 convolutions.</summary>
    private static readonly (int In, int Out, int Side)[] Convolutions =
    [
        (3, 32, 32), (32, 64, 32), (64, 64, 16), (64, 64, 16), (64, 160, 16), (160, 160, 8), (160, 160, 8), (160, 320, 8), (320, 320, 4), (320, 320, 4),
    ];

    private readonly LayerProfiler _profiler = new(new ClassifierGate(1, 8));

    [Theory]
    [InlineData("control")]
    [InlineData("engine")]
    [InlineData("int8")]
    public async Task AProfile_OfAnyVariant_AccountsForEveryLayerOfTheModelOnce(string variantId)
    {
        var profile = await ProfileAsync(variantId);

        var expected = OnnxModelFile.Load(EmbeddedZoo.Default.File.Path).Graph.Node.Select(node => node.Name);
        Assert.Equal(expected.Order(), profile.Layers.SelectMany(layer => layer.FusedLayers).Order());
        Assert.Equal(Convolutions.Length, profile.Layers.Count(layer => layer.OriginalLayer?.EndsWith("/Conv", StringComparison.Ordinal) == true));
        Assert.Equal(1, profile.Layers.Sum(layer => layer.Share), tolerance: 1e-9);
        Assert.Equal(1, profile.ByOperator.Sum(share => share.Share), tolerance: 1e-9);
        Assert.Equal(profile.Layers.Count, profile.ByOperator.Sum(share => share.Count));
        Assert.Equal(profile.LayersMs, profile.ByOperator.Sum(share => share.TotalMs), tolerance: 1e-9);
        Assert.All([profile.InferenceP50Ms, profile.ProfiledP50Ms, profile.LayersMs], ms => Assert.True(ms > 0));
        Assert.Equal(Enumerable.Range(0, profile.Layers.Count), profile.Layers.Select(layer => layer.Index));
    }

    [Theory]
    [InlineData("control")]
    [InlineData("engine")]
    [InlineData("int8")]
    public async Task MultiplyAdds_OfAnyVariant_AreThoseOfTheNetwork(string variantId)
    {
        var profile = await ProfileAsync(variantId);

        var expected = Convolutions.Sum(layer => 9L * layer.In * layer.Out * layer.Side * layer.Side) + (320 * 10);
        Assert.Equal(expected, profile.Layers.Sum(layer => layer.MultiplyAdds ?? 0));
        Assert.All(profile.Layers, layer => Assert.True(layer.BytesMoved > 0));
    }

    [Fact]
    public async Task TheInt8Profile_SaysWhichLayersRunInInt8()
    {
        var profile = await ProfileAsync("int8");

        Assert.All(profile.Layers.Where(layer => layer.MultiplyAdds > 0), layer => Assert.True(layer.RunsInInt8, layer.Name));
        Assert.All(profile.Layers.Where(layer => layer.OperatorType == "QuantizeLinear"), layer => Assert.False(layer.RunsInInt8, layer.Name));
        Assert.DoesNotContain((await ProfileAsync("engine")).Layers, layer => layer.RunsInInt8);
    }

    [Fact]
    public async Task ControlAgainstInt8_MatchesEveryConvolution()
    {
        var diff = LayerDiffer.Diff(await ProfileAsync("control"), await ProfileAsync("int8"));

        Assert.Empty(diff.UnmatchedLeft);
        var convolutions = diff.Rows.Where(row => row.OriginalLayer.EndsWith("/Conv", StringComparison.Ordinal)).ToArray();
        Assert.Equal(Convolutions.Length, convolutions.Length);
        Assert.All(convolutions, row => Assert.Equal(("Conv", "QLinearConv"), (row.Left!.OperatorType, row.Right!.OperatorType)));
    }

    [Fact]
    public async Task AWish_ForThreads_IsFollowed()
    {
        var profile = await _profiler.ProfileAsync(
            new LayerProfileRequest { Variant = zoo.Variant("int8"), Runs = 1, Threads = 2 }, progress: null, CancellationToken.None);

        Assert.Equal((2, 2), (profile.Threads, profile.Peak!.Threads));
    }

    [Fact]
    public async Task ACancelledProfile_Ends()
    {
        using var cancel = new CancellationTokenSource();
        var request = new LayerProfileRequest { Variant = zoo.Variant("control"), Runs = LayerProfileRequest.MaxRuns };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _profiler.ProfileAsync(request, new CancelAtOnce(cancel), cancel.Token));
    }

    [Fact]
    public async Task AProfilesFiles_GoWithTheSession()
    {
        var variant = zoo.Variant("control");
        var session = new ProfiledSession(variant.Model, variant.File!, variant.Options, 1);
        session.Bound.Run();
        var nodes = await session.ReadAsync(0, CancellationToken.None);
        Assert.NotEmpty(Directory.GetFiles(session.Folder));

        session.Dispose();

        Assert.NotEmpty(nodes);
        Assert.False(Directory.Exists(session.Folder));
    }

    [Fact]
    public async Task AVariant_WithoutAFileHere_IsRefused()
    {
        var request = new LayerProfileRequest { Variant = ScriptedVariant.Stuck(zoo).Variant! };

        await Assert.ThrowsAsync<ArgumentException>(() => _profiler.ProfileAsync(request, progress: null, CancellationToken.None));
    }

    private Task<LayerProfile> ProfileAsync(string variantId) =>
        _profiler.ProfileAsync(new LayerProfileRequest { Variant = zoo.Variant(variantId), Runs = 3 }, progress: null, CancellationToken.None);

    private sealed class CancelAtOnce(CancellationTokenSource cancel) : IProgress<double>
    {
        public void Report(double value) => cancel.Cancel();
    }
}
