using LatencyLab.Inference.Hosting;
using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Models.Import;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Inference.Sessions;
using LatencyLab.Tests.Models;
using LatencyLab.Tests.Models.Import;
using Microsoft.Extensions.Logging.Abstractions;

namespace LatencyLab.Tests.Sessions;

public sealed class ModelRemoverTests : IClassFixture<LoadedZoo>, IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("latencylab-remove-").FullName;
    private readonly JobRunner _jobs = new(TimeProvider.System, NullLogger<JobRunner>.Instance);
    private readonly ModelCatalogue _catalogue = new([EmbeddedZoo.Folder]);
    private readonly MadeVariants _made;
    private readonly VariantRegistry _registry;
    private readonly ModelRemover _remover;

    public ModelRemoverTests(LoadedZoo zoo)
    {
        _made = new MadeVariants(Path.Combine(_folder, "cache"));
        _registry = new VariantRegistry(
            _catalogue, [DefaultVariants.All[0]], new VariantLoader(zoo.Decoder), new LoadedZoo.NoPreparer(), NullLogger<VariantRegistry>.Instance, _made);
        _remover = new ModelRemover(_registry, _jobs, "the_default", Imports);
    }

    private string Imports => Path.Combine(_folder, "models");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _jobs.DisposeAsync();
        await _registry.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task AnImportedModel_Removed_IsGoneWithWhatWasMadeOfItAndItsUserFinishes()
    {
        var model = await ImportAsync("tiny", Graphs.Classifier());
        AddMade(model);
        await _registry.WaitAsync("tiny", CancellationToken.None);
        var used = _registry.Entries("tiny", ["control"])[0].Variant!;

        var removed = _remover.Remove("TINY");

        Assert.Equal("tiny", removed.Id);
        Assert.True(removed.SizeBytes > 0);
        Assert.Equal(["fp32-again"], removed.Variants);
        Assert.Null(_catalogue.Find("tiny"));
        Assert.Throws<KeyNotFoundException>(() => _registry.StatusOf("tiny"));
        Assert.Throws<KeyNotFoundException>(() => _remover.Remove("tiny"));
        Assert.Empty(Directory.GetFileSystemEntries(Imports));
        Assert.Empty(Directory.GetFiles(_made.Folder, "*.onnx"));
        Assert.Empty(new MadeVariants(_made.Folder).Of(model));
        Assert.Equal(Graphs.Classes, used.Classify(SamplePicture.Read("cat.jpg")).Predictions.Count);
        used.Dispose();
    }

    [Fact]
    public async Task TheSameIdentifier_ImportedAgainWithOtherWeights_AnswersAnew()
    {
        var before = await ImportAsync("tiny", Graphs.Classifier());
        await _registry.WaitAsync("tiny", CancellationToken.None);
        var old = _registry.Entries("tiny")[0];
        _jobs.Start("quantize", "Tiny to FP16", "tiny", (_, _) => Task.FromResult<object?>(null));
        await _jobs.WaitAsync(_jobs.All[0].Id, CancellationToken.None);

        _remover.Remove("tiny");
        var after = await ImportAsync("tiny", ThreeClasses());
        await _registry.WaitAsync("tiny", CancellationToken.None);

        Assert.Equal(before.File.Path, after.File.Path);
        var entry = _registry.Entries("tiny")[0];
        Assert.NotSame(old, entry);
        Assert.Equal(VariantState.Ready, entry.Status.State);
        Assert.Equal(3, entry.Variant!.Classify(SamplePicture.Read("cat.jpg")).Predictions.Count);
        Assert.Empty(_jobs.All);
        old.Variant!.Dispose();
    }

    [Fact]
    public async Task AModel_ThatSomebodyStillHolds_DoesNotComeBackUnderItsIdentifier()
    {
        await ImportAsync("tiny", Graphs.Classifier());
        var removed = _registry.Entries("tiny")[0];
        // Not waited for: it is still being loaded.
        _remover.Remove("tiny");

        await ImportAsync("tiny", ThreeClasses());
        await removed.Settled;
        await _registry.WaitAsync("tiny", CancellationToken.None);

        Assert.Equal(3, _registry.Entries("tiny")[0].Variant!.Model.Labels.Count);
        removed.Variant?.Dispose();
    }

    [Fact]
    public void AModel_ThatShips_Stays()
    {
        var refused = Assert.Throws<ModelRemovalRefusedException>(() => _remover.Remove("cifar10_resnet9"));

        Assert.Equal(RemovalRefusal.NotImported, refused.Reason);
        Assert.Contains("ships with the program", refused.Message, StringComparison.Ordinal);
        Assert.False(_remover.WasImported(EmbeddedZoo.Default));
        Assert.True(File.Exists(EmbeddedZoo.Default.CardPath));
    }

    [Theory]
    [InlineData("elsewhere", "tiny", "model.json")]
    [InlineData("models", "by_hand", "model.json")]
    [InlineData("models", "tiny", "tiny.json")]
    public async Task AModel_ThatNoImportPutThere_Stays(string folder, string place, string card)
    {
        var imported = (await new ModelImporter(Path.Combine(_folder, "source")).ImportAsync(Graphs.Classifier().SaveTo(_folder), new() { Id = "tiny" })).Model;
        var target = Directory.CreateDirectory(Path.Combine(_folder, folder, place)).FullName;
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(imported.CardPath)!))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file) is "model.json" ? card : Path.GetFileName(file)));
        }
        _catalogue.Add(Path.Combine(target, card));

        Assert.Equal(RemovalRefusal.NotImported, Assert.Throws<ModelRemovalRefusedException>(() => _remover.Remove("tiny")).Reason);
        Assert.True(File.Exists(Path.Combine(target, "fp32.onnx")));
        Assert.NotNull(_catalogue.Find("tiny"));
    }

    [Fact]
    public async Task AFurtherFolder_Named_ItsModelsCanBeRemovedToo()
    {
        var folder = Path.Combine(_folder, "mine");
        await new ModelImporter(folder, catalogue: _catalogue).ImportAsync(Graphs.Classifier().SaveTo(_folder), new() { Id = "tiny" });
        Assert.Throws<ModelRemovalRefusedException>(() => _remover.Remove("tiny"));

        var removed = _remover.AlsoFrom([folder + Path.DirectorySeparatorChar]).Remove("tiny");

        Assert.Equal(Path.Combine(folder, "tiny"), removed.Folder);
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public async Task TheDefaultModel_StaysAsLongAsItIsThat()
    {
        await ImportAsync("the_default", Graphs.Classifier());

        var refused = Assert.Throws<ModelRemovalRefusedException>(() => _remover.Remove("the_default"));

        Assert.Equal(RemovalRefusal.DefaultModel, refused.Reason);
        Assert.Contains("LatencyLab:DefaultModel", refused.Message, StringComparison.Ordinal);
        Assert.NotNull(_catalogue.Find("the_default"));
    }

    [Fact]
    public async Task AModel_ThatAJobWorksOn_StaysUntilTheJobHasEnded()
    {
        await ImportAsync("tiny", Graphs.Classifier());
        var finish = new TaskCompletionSource<object?>();
        var job = _jobs.Start("quantize", "Tiny to FP16", "tiny", (_, _) => finish.Task);

        var refused = Assert.Throws<ModelRemovalRefusedException>(() => _remover.Remove("tiny"));
        Assert.Equal(RemovalRefusal.InUse, refused.Reason);
        Assert.Contains("Tiny to FP16", refused.Message, StringComparison.Ordinal);

        finish.SetResult(null);
        await _jobs.WaitAsync(job.Id, CancellationToken.None);
        _remover.Remove("tiny");
        Assert.Null(_catalogue.Find("tiny"));
    }

    [Fact]
    public async Task AModel_WhoseFilesSomebodyDeleted_IsForgotten()
    {
        var model = await ImportAsync("tiny", Graphs.Classifier());
        Directory.Delete(Path.GetDirectoryName(model.CardPath)!, recursive: true);

        _remover.Remove("tiny");

        Assert.Null(_catalogue.Find("tiny"));
    }

    private static ModelProto ThreeClasses() => Graphs.Classifier((builder, logits) => builder.Gemm(logits, Graphs.Classes, 3));

    private async Task<Model> ImportAsync(string id, ModelProto model) =>
        (await new ModelImporter(Imports, catalogue: _catalogue).ImportAsync(model.SaveTo(_folder), new() { Id = id })).Model;

    private void AddMade(Model model)
    {
        Directory.CreateDirectory(_made.Folder);
        File.Copy(model.File.Path, Path.Combine(_made.Folder, "made.onnx"));
        _made.Add(new MadeVariant
        {
            ModelId = model.Id,
            ModelSha256 = model.Card.Sha256!,
            Options = new VariantOptions { Id = "fp32-again", Title = "FP32 again" },
            File = "made.onnx",
            Sha256 = model.Card.Sha256!,
            MadeAt = DateTimeOffset.UnixEpoch,
        });
    }
}
