using LatencyLab.Inference.Comparison;
using LatencyLab.Inference.Comparison.Claims;
using LatencyLab.Inference.Evaluation;
using LatencyLab.Inference.Evaluation.Jobs;
using LatencyLab.Inference.Frontier;
using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Layers;
using LatencyLab.Inference.Measurement.Hardware;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Models.Catalog;
using LatencyLab.Inference.Optimization;
using LatencyLab.Inference.Optimization.Jobs;
using LatencyLab.Inference.Remote;
using LatencyLab.Inference.Runtime;
using LatencyLab.Inference.Sessions;
using LatencyLab.Inference.Sweeps;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LatencyLab.Inference.Hosting;

/// <summary>Registers the library with a host.</summary>
public static class LatencyLabServices
{
    /// <summary>Folder of the embedded models, beside the program.</summary>
    private static readonly string EmbeddedModels = Path.Combine(AppContext.BaseDirectory, "models");

    /// <summary>Adds the catalogue, the variants, the gate and what measures them, configured by <c>LatencyLab</c>.</summary>
    public static IServiceCollection AddLatencyLabInference(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<LatencyLabOptions>()
            .Bind(configuration.GetSection(LatencyLabOptions.Section))
            .PostConfigure(options => options.Variants = options.Variants.Count > 0 ? options.Variants : DefaultVariants.All)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<LatencyLabOptions>, LatencyLabAttributeValidator>();
        services.AddSingleton<IValidateOptions<LatencyLabOptions>, LatencyLabOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => ImageDecoders.CreateDefault(Options(provider).ImageLimits));
        services.AddSingleton(provider => new ModelCatalogue([EmbeddedModels, .. Options(provider).ModelPaths, .. ImportedModels(Options(provider))]));
        services.AddModelImport(Path.Combine(EmbeddedModels, PublishedModels.FileName));
        services.AddSingleton<IModelPreparer>(provider => new QuantizedModelCache(
            DataFolders.Cache(Options(provider)), Options(provider).CalibrationPath, Options(provider).CalibrationPictures,
            provider.GetRequiredService<IImageDecoder>()));
        services.AddSingleton<IRemoteInferenceFactory>(provider => new RemoteInferenceFactory(Options(provider).Remote));
        services.AddSingleton<VariantLoader>();
        services.AddSingleton(provider => new VariantRegistry(
            provider.GetRequiredService<ModelCatalogue>(), Options(provider).Variants, provider.GetRequiredService<VariantLoader>(),
            provider.GetRequiredService<IModelPreparer>(), provider.GetRequiredService<ILogger<VariantRegistry>>(),
            provider.GetRequiredService<MadeVariants>()));
        services.AddSingleton(provider => new MadeVariants(DataFolders.Cache(Options(provider))));
        services.AddSingleton<FurtherFiles>();
        services.AddSingleton<AccuracyWriter>();
        services.AddSingleton<EvaluateWork>();
        services.AddSingleton(provider => new EvaluateJobs(
            provider.GetRequiredService<VariantRegistry>(), provider.GetRequiredService<JobRunner>(), provider.GetRequiredService<EvaluateWork>(),
            provider.GetRequiredService<ClassifierGate>(), Path.Combine(DataFolders.Cache(Options(provider)), "uploads")));
        services.AddSingleton<JobRunner>();
        services.AddSingleton(provider => new QuantizeSettings(Options(provider).CalibrationPath, Options(provider).CalibrationPictures));
        services.AddSingleton<MadeVariantNaming>();
        services.AddSingleton<QuantizeWork>();
        services.AddSingleton<JobPictures>();
        services.AddSingleton<QuantizeJobs>();
        services.AddSingleton<SensitivityJobs>();
        services.AddSingleton(provider => new PruneJobs(
            provider.GetRequiredService<ModelCatalogue>(), provider.GetRequiredService<JobRunner>(),
            Path.Combine(DataFolders.Cache(Options(provider)), "pruned")));
        services.AddSingleton<PullJobs>();
        services.AddSingleton(provider => new ClassifierGate(
            Options(provider).Gate.Places is > 0 and var places ? places : CpuCapabilities.Current.LogicalCores, Options(provider).Gate.QueueLength));
        services.AddSingleton<ComparisonRunner>();
        services.AddSingleton(provider => new ClaimAccuracy(provider.GetRequiredService<ModelCatalogue>(), Options(provider).Variants));
        services.AddSingleton<ClaimMaker>();
        services.AddSingleton<LayerProfiler>();
        services.AddSingleton<FrontierMeasurement>();
        services.AddSingleton<SweepRunner>();
        services.AddSingleton<HardwareFeed>();
        return services;
    }

    private static LatencyLabOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<LatencyLabOptions>>().Value;

    /// <summary>The folder of the imported models, once there are any and unless it is named twice.</summary>
    private static IEnumerable<string> ImportedModels(LatencyLabOptions options) =>
        new[] { DataFolders.Imports(options) }.Where(path => Directory.Exists(path) && !options.ModelPaths.Any(other => Path.GetFullPath(other) == path));
}
