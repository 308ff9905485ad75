using LatencyLab.Inference.Models;
using LatencyLab.Inference.Sessions;
using LatencyLab.Tests.Models;

namespace LatencyLab.Tests.Sessions;

public class VariantRegistryTests(LoadedZoo zoo) : IClassFixture<LoadedZoo>
{
    private static readonly VariantOptions Good = new() { Id = "good", Title = "Good" };

    [Fact]
    public async Task AVariant_ThatCannotStart_SaysWhyAndLeavesTheOthersStanding()
    {
        await using var registry = zoo.CreateRegistry(
            [Good, new() { Id = "gpu", Title = "GPU", Provider = "cuda" }], new LoadedZoo.NoPreparer());

        await registry.WaitAsync("cifar10_resnet9", CancellationToken.None);

        var states = registry.StatusOf("cifar10_resnet9");
        Assert.Equal(VariantState.Ready, states[0].State);
        Assert.Equal(VariantState.Failed, states[1].State);
        Assert.False(string.IsNullOrWhiteSpace(states[1].Message));
        Assert.False(registry.IsReady("cifar10_resnet9"));
    }

    [Fact]
    public async Task AModelFile_ThatIsNotTheCards_FailsWithoutBeingLoaded()
    {
        var folder = Directory.CreateTempSubdirectory("latencylab-tampered-").FullName;
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(EmbeddedZoo.Default.CardPath)!))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
        var card = Path.Combine(folder, "model.json");
        File.WriteAllText(card, File.ReadAllText(card).Replace("cifar10_resnet9", "tampered", StringComparison.Ordinal));
        await using (var stream = File.OpenWrite(Path.Combine(folder, "fp32.onnx")))
        {
            stream.Position = 1000;
            stream.WriteByte(0xFF);
        }
        await using var registry = zoo.CreateRegistry([Good], new LoadedZoo.NoPreparer(), folder);

        await registry.WaitAsync("tampered", CancellationToken.None);

        Assert.Contains("SHA-256", registry.StatusOf("tampered")[0].Message, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task AVariant_WhoseModelIsBeingMade_ShowsItsProgressAndThenAnswers()
    {
        var preparer = new SlowPreparer();
        await using var registry = zoo.CreateRegistry(
            [Good, new() { Id = "int8", Title = "INT8", Precision = Precisions.Int8 }], preparer, preparer.Folder);

        registry.StatusOf("no_int8");
        await preparer.Begun.Task;
        await registry.Entries("no_int8", ["good"])[0].Settled;

        var preparing = registry.StatusOf("no_int8")[1];
        Assert.Equal(VariantState.Preparing, preparing.State);
        Assert.Equal(0.5, preparing.Progress);
        Assert.Equal(VariantState.Ready, registry.StatusOf("no_int8")[0].State);

        preparer.Finish.SetResult();
        await registry.WaitAsync("no_int8", CancellationToken.None);
        Assert.Equal(VariantState.Ready, registry.StatusOf("no_int8")[1].State);
    }

    [Fact]
    public async Task Registry_AskedTwice_LoadsOnce()
    {
        await using var registry = zoo.CreateRegistry([Good], new LoadedZoo.NoPreparer());

        var entries = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => registry.Entries("cifar10_resnet9")[0])));

        Assert.Single(entries.Distinct());
    }

    [Fact]
    public void Entries_OfUnknownNames_ListTheKnownOnes()
    {
        Assert.Contains("cifar10_resnet9", Assert.Throws<KeyNotFoundException>(() => zoo.Registry.StatusOf("nope")).Message, StringComparison.Ordinal);
        Assert.Contains("control", Assert.Throws<KeyNotFoundException>(() => zoo.Registry.Entries("cifar10_resnet9", ["nope"])).Message, StringComparison.Ordinal);
    }

    /// <summary>Offers the embedded model without its INT8 file, and makes that when told to.</summary>
    private sealed class SlowPreparer : IModelPreparer
    {
        public SlowPreparer()
        {
            Folder = Directory.CreateTempSubdirectory("latencylab-slow-").FullName;
            var source = Path.GetDirectoryName(EmbeddedZoo.Default.CardPath)!;
            File.Copy(Path.Combine(source, "fp32.onnx"), Path.Combine(Folder, "fp32.onnx"));
            File.Copy(Path.Combine(source, "labels.txt"), Path.Combine(Folder, "labels.txt"));
            var card = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(Path.Combine(source, "model.json")))!.AsObject();
            card["id"] = "no_int8";
            card.Remove("variants");
            File.WriteAllText(Path.Combine(Folder, "model.json"), card.ToJsonString());
        }

        public string Folder { get; }

        public TaskCompletionSource Begun { get; } = new();

        public TaskCompletionSource Finish { get; } = new();

        public async Task<ModelFile> PrepareAsync(Model model, string precision, IProgress<double>? progress, CancellationToken cancellationToken)
        {
            progress!.Report(0.5);
            Begun.SetResult();
            await Finish.Task.WaitAsync(cancellationToken);
            return EmbeddedZoo.Default.FileOf(precision)!;
        }
    }
}
