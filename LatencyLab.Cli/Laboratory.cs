using LatencyLab.Inference.Hosting;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Sessions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LatencyLab.Cli;

/// <summary>
/// The library, configured from <c>latencylab.json</c> in the working directory, environment variables (<c>LatencyLab__...</c>) and
/// options, each overriding the one before.
/// </summary>
internal sealed class Laboratory : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public Laboratory(CommonValues common)
    {
        var overrides = new Dictionary<string, string?>();
        for (var i = 0; i < common.ModelPaths.Length; i++)
        {
            overrides[$"LatencyLab:ModelPaths:{i}"] = common.ModelPaths[i];
        }
        if (common.CalibrationPath is { } calibration)
        {
            if (!Directory.Exists(calibration))
            {
                throw new UsageException($"--calibration: there is no folder {Path.GetFullPath(calibration)}.");
            }
            overrides["LatencyLab:CalibrationPath"] = calibration;
        }
        var configuration = new ConfigurationBuilder()
            .SetBasePath(Directory.GetCurrentDirectory())
            .AddJsonFile("latencylab.json", optional: true)
            .AddEnvironmentVariables()
            .AddInMemoryCollection(overrides)
            .Build();
        _services = new ServiceCollection()
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddLatencyLabInference(configuration)
            .BuildServiceProvider();
    }

    public LatencyLabOptions Options => Get<IOptions<LatencyLabOptions>>().Value;

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>The model of an identifier; null takes the configured default.</summary>
    public Model Model(string? id)
    {
        var catalogue = Get<ModelCatalogue>();
        return catalogue.Find(id ?? Options.DefaultModel) ?? throw new UsageException(
            $"there is no model `{id ?? Options.DefaultModel}`. Known models: {string.Join(", ", catalogue.Models.Select(model => model.Id))}."
            + (catalogue.Problems.Count > 0 ? $" Unusable: {string.Join(" ", catalogue.Problems)}" : ""));
    }

    /// <summary>Waits for variants (null for all) and returns their entries, failed ones included.</summary>
    public async Task<IReadOnlyList<VariantEntry>> LoadAsync(string modelId, string[]? variantIds, CancellationToken cancellationToken)
    {
        IReadOnlyList<VariantEntry> entries;
        try
        {
            entries = Get<VariantRegistry>().Entries(modelId, variantIds);
        }
        catch (KeyNotFoundException error)
        {
            throw new UsageException(error.Message);
        }
        await Task.WhenAll(entries.Select(entry => entry.Settled)).WaitAsync(cancellationToken);
        return entries;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
