using Google.Protobuf;
using LatencyLab.Tests.Models.Catalog;
using LatencyLab.Tests.Models.Import;

namespace LatencyLab.Tests.Api;

/// <summary>The web application of an operator who allows imports, with one published model on a server of its own.</summary>
public sealed class ImportingApp : WebApp, IAsyncLifetime
{
    internal const int MaxSizeBytes = 1_000_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("latencylab-importing-").FullName;
    private FileServer? _server;

    /// <summary>Folder of the imported models.</summary>
    public string ImportPath => Path.Combine(_folder, "models");

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["LatencyLab:AllowModelImport"] = "true",
        ["LatencyLab:ImportPath"] = ImportPath,
        ["LatencyLab:CachePath"] = Path.Combine(_folder, "cache"),
        ["LatencyLab:CatalogPath"] = Path.Combine(_folder, "catalog.json"),
        ["LatencyLab:ImportLimits:MaxSizeBytes"] = $"{MaxSizeBytes}",
        // Less than a model: its limit must not be that of pictures.
        ["LatencyLab:ImageLimits:MaxSizeBytes"] = "100000",
    };

    async Task IAsyncLifetime.InitializeAsync()
    {
        _server = await FileServer.StartAsync(Graphs.Classifier().ToByteArray());
        await File.WriteAllTextAsync(Path.Combine(_folder, "catalog.json"), CatalogJson.With(_server.Address, _server.Content.Length, hash: null));
        await InitializeAsync();
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await _server!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
