using System.Security.Cryptography;
using Google.Protobuf;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Models.Catalog;
using LatencyLab.Inference.Models.Import;
using LatencyLab.Tests.Models.Import;

namespace LatencyLab.Tests.Models.Catalog;

public sealed class ModelPullerTests : IAsyncLifetime, IDisposable
{
    private static readonly byte[] Content = Graphs.Classifier().ToByteArray();

    private readonly string _folder = Directory.CreateTempSubdirectory("latencylab-pull-").FullName;
    private readonly FileDownload _download = new(new() { FirstWait = TimeSpan.FromMilliseconds(1) });
    private FileServer _server = null!;

    public async Task InitializeAsync() => _server = await FileServer.StartAsync(Content);

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    public void Dispose()
    {
        _download.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task APublishedModel_IsFetchedVerifiedAndImportedByItsEntry()
    {
        var catalogue = new ModelCatalogue([]);

        var pulled = await Puller(Convert.ToHexStringLower(SHA256.HashData(Content)), catalogue).PullAsync("tiny");

        Assert.Equal("Tiny", catalogue["tiny"].Title);
        Assert.Equal([0.25f, 0.5f, 0.75f], catalogue["tiny"].Preprocessing.Mean);
        Assert.Equal("MIT", catalogue["tiny"].Card.License);
        Assert.Equal(Content, await File.ReadAllBytesAsync(pulled.Model.File.Path));
        Assert.DoesNotContain(pulled.Notes, note => note.Contains("not verified", StringComparison.Ordinal));
        Assert.Empty(Directory.GetFiles(Cache));
    }

    [Fact]
    public async Task AModel_WithoutPublishedHash_SaysThatItWasNotVerifiedAndWhatItsHashIs()
    {
        var pulled = await Puller(hash: null).PullAsync("tiny");

        Assert.Contains(pulled.Notes, note => note.Contains("not verified", StringComparison.Ordinal)
            && note.Contains(Convert.ToHexStringLower(SHA256.HashData(Content)), StringComparison.Ordinal));
    }

    [Fact]
    public async Task ATamperedModel_LeavesNothingAnywhere()
    {
        var error = await Assert.ThrowsAsync<DownloadException>(() => Puller(new string('0', 64)).PullAsync("tiny"));

        Assert.Equal(DownloadFailure.WrongHash, error.Reason);
        Assert.False(Directory.Exists(Target));
        Assert.Empty(Directory.GetFiles(Cache));
    }

    [Fact]
    public async Task AFile_ThatIsNoModel_LeavesNothingAnywhere()
    {
        _server.Content = "<html>Please log in</html>"u8.ToArray();

        var error = await Assert.ThrowsAsync<ModelRefusedException>(() => Puller(hash: null, bytes: 0).PullAsync("tiny"));

        Assert.Equal(ImportRefusal.NotOnnx, error.Reason);
        Assert.Contains("model.onnx", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.Exists(Target) ? Directory.GetFileSystemEntries(Target) : []);
        Assert.Empty(Directory.GetFiles(Cache));
    }

    [Fact]
    public async Task AModel_ThatIsHereAlready_IsNotFetched()
    {
        var puller = Puller(hash: null);
        await puller.PullAsync("tiny");
        var requests = _server.Ranges.Count;

        var error = await Assert.ThrowsAsync<ModelRefusedException>(() => puller.PullAsync("tiny"));

        Assert.Equal(ImportRefusal.IdTaken, error.Reason);
        Assert.Equal(requests, _server.Ranges.Count);
    }

    [Fact]
    public async Task AnUnknownModel_IsRefusedWithTheKnownOnes() =>
        Assert.Contains("tiny", (await Assert.ThrowsAsync<KeyNotFoundException>(() => Puller(null).PullAsync("huge"))).Message, StringComparison.Ordinal);

    [Fact]
    public void TheListThatShips_NamesSecureAddressesSizesAndHashes()
    {
        var published = PublishedModels.Read(Path.Combine(EmbeddedZoo.Folder, PublishedModels.FileName));

        Assert.True(published.All.Count >= 4);
        Assert.Equal(published.All.Count, published.All.DistinctBy(model => model.Id).Count());
        Assert.All(published.All.SelectMany(model => new[] { model.Model, model.Labels! }), file =>
        {
            Assert.Equal(Uri.UriSchemeHttps, file.Address.Scheme);
            Assert.True(file.Bytes > 0);
            Assert.Matches("^[0-9a-f]{64}$", file.Sha256);
        });
        Assert.All(published.All, model => Assert.Equal(model.Id, ModelId.Of(model.Id, "")));
    }

    private string Target => Path.Combine(_folder, "models");

    private string Cache => Path.Combine(_folder, "cache");

    private ModelPuller Puller(string? hash, ModelCatalogue? catalogue = null, long? bytes = null)
    {
        var list = Path.Combine(_folder, "catalog.json");
        File.WriteAllText(list, CatalogJson.With(_server.Address, bytes ?? Content.Length, hash));
        return new ModelPuller(PublishedModels.Read(list), new ModelImporter(Target, catalogue: catalogue), _download, Cache);
    }
}
