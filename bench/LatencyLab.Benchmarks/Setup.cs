using System.Globalization;
using LatencyLab.Inference.Hosting;
using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization;
using LatencyLab.Inference.Sessions;
using Microsoft.Extensions.Logging.Abstractions;

namespace LatencyLab.Benchmarks;

/// <summary>
/// The default variants over the embedded model and the folders in LATENCYLAB_MODELS; INT8 files that are missing are made from the
/// pictures in LATENCYLAB_CALIBRATION.
/// </summary>
internal sealed class Setup : IDisposable
{
    private readonly VariantRegistry _registry;

    public Setup(Func<VariantOptions, VariantOptions>? change = null)
    {
        string[] folders = [Path.Combine(AppContext.BaseDirectory, "models"), .. Variable("LATENCYLAB_MODELS") is { } models ? [models] : Array.Empty<string>()];
        _registry = new VariantRegistry(
            new ModelCatalogue(folders), [.. DefaultVariants.All.Select(variant => change?.Invoke(variant) ?? variant)], new VariantLoader(Decoder),
            new QuantizedModelCache(Path.Combine(Path.GetTempPath(), "latencylab-bench"), Variable("LATENCYLAB_CALIBRATION"), 60, Decoder),
            NullLogger<VariantRegistry>.Instance);
    }

    public IImageDecoder Decoder { get; } = ImageDecoders.CreateDefault(new ImageLimits());

    public static int Number(string[] arguments, int index, int fallback) =>
        arguments.Length > index ? int.Parse(arguments[index], CultureInfo.InvariantCulture) : fallback;

    /// <summary>Loads a model's variants; failed ones are among them.</summary>
    public IReadOnlyList<VariantEntry> Load(string modelId)
    {
        _registry.WaitAsync(modelId, CancellationToken.None).GetAwaiter().GetResult();
        return _registry.Entries(modelId);
    }

    public Model Model(string modelId) => _registry.Catalogue[modelId];

    public void Dispose() => _registry.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name);
}
