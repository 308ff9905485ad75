using LatencyLab.Inference.Models.Import;

namespace LatencyLab.Tests.Models.Import;

public sealed class ModelRefusalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("latencylab-import-").FullName;

    public static TheoryData<string> Names { get; } = [.. BadFiles.All.Concat(BadGraphs.All).Select(bad => bad.Name)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task AModel_ThatIsNoUsableClassifier_IsRefusedWithTheReasonAndLeavesNothing(string badModel)
    {
        var bad = BadFiles.All.Concat(BadGraphs.All).Single(bad => bad.Name == badModel);
        var source = Directory.CreateDirectory(Path.Combine(_folder, "source")).FullName;
        var target = Path.Combine(_folder, "target");
        var path = bad.Write(source);

        var error = await Assert.ThrowsAsync<ModelRefusedException>(
            () => new ModelImporter(target, bad.Limits).ImportAsync(path, bad.OptionsIn?.Invoke(source) ?? bad.Options));

        Assert.Equal(bad.Reason, error.Reason);
        Assert.Contains(bad.Says, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_folder, error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.Exists(target) ? Directory.GetFileSystemEntries(target) : []);
    }

    [Fact]
    public async Task AModel_WhoseIdentifierIsTaken_IsRefusedAndTheFirstStays()
    {
        var path = Graphs.Classifier().SaveTo(_folder);
        var importer = new ModelImporter(Path.Combine(_folder, "target"));
        var first = await importer.ImportAsync(path, new() { Id = "mine", Title = "First" });

        var error = await Assert.ThrowsAsync<ModelRefusedException>(() => importer.ImportAsync(path, new() { Id = "mine" }));

        Assert.Equal(ImportRefusal.IdTaken, error.Reason);
        Assert.Equal("First", LatencyLab.Inference.Models.ModelCardReader.Read(first.Model.CardPath).Title);
    }

    [Fact]
    public async Task AnImport_ThatIsCancelled_LeavesNothing()
    {
        var target = Path.Combine(_folder, "target");
        using var cancellation = new CancellationTokenSource();
        var progress = new CancelAtFirstReport(cancellation);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new ModelImporter(target).ImportAsync(Graphs.Classifier().SaveTo(_folder), new(), progress, cancellation.Token));

        Assert.Empty(Directory.Exists(target) ? Directory.GetFileSystemEntries(target) : []);
    }

    private sealed class CancelAtFirstReport(CancellationTokenSource cancellation) : IProgress<double>
    {
        public void Report(double value) => cancellation.Cancel();
    }
}
