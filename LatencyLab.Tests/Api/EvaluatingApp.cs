using LatencyLab.Tests.Models;

namespace LatencyLab.Tests.Api;

/// <summary>The web application of an operator who allows changes, with a model of one's own and a small limit for archives.</summary>
public sealed class EvaluatingApp : WebApp, IAsyncLifetime
{
    internal const int MaxBytes = 2_000_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("latencylab-evaluating-").FullName;

    /// <summary>Where archives lie while they are needed.</summary>
    public string Uploads => Path.Combine(_folder, "cache", "uploads");

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["LatencyLab:AllowModelImport"] = "true",
        ["LatencyLab:ImportPath"] = Path.Combine(_folder, "imported"),
        ["LatencyLab:ModelPaths:0"] = Path.Combine(_folder, "models"),
        ["LatencyLab:CachePath"] = Path.Combine(_folder, "cache"),
        ["LatencyLab:Web:EvaluationUploadBytes"] = $"{MaxBytes}",
    };

    async Task IAsyncLifetime.InitializeAsync()
    {
        CopiedModel.Create(Path.Combine(_folder, "models"), "mine", CopiedModel.WithoutAccuracy);
        await InitializeAsync();
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
