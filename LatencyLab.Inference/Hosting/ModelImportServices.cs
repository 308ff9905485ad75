using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Models.Catalog;
using LatencyLab.Inference.Models.Import;
using LatencyLab.Inference.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LatencyLab.Inference.Hosting;

/// <summary>Registers the import of models.</summary>
internal static class ModelImportServices
{
    /// <summary>Adds the importer, what removes models again, the list of published models and what pulls them.</summary>
    public static void AddModelImport(this IServiceCollection services, string publishedPath)
    {
        services.AddSingleton(provider => new ModelImporter(
            DataFolders.Imports(Options(provider)), Options(provider).ImportLimits, provider.GetRequiredService<ModelCatalogue>()));
        services.AddSingleton(provider => new ModelRemover(
            provider.GetRequiredService<VariantRegistry>(), provider.GetRequiredService<JobRunner>(), Options(provider).DefaultModel,
            DataFolders.Imports(Options(provider))));
        services.AddSingleton(provider => PublishedModels.Read(Options(provider).CatalogPath ?? publishedPath));
        services.AddSingleton(provider => new FileDownload(new DownloadOptions { MaxSizeBytes = Options(provider).ImportLimits.MaxSizeBytes }));
        services.AddSingleton(provider => new ModelPuller(
            provider.GetRequiredService<PublishedModels>(), provider.GetRequiredService<ModelImporter>(), provider.GetRequiredService<FileDownload>(),
            Path.Combine(DataFolders.Cache(Options(provider)), "downloads")));
    }

    private static LatencyLabOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<LatencyLabOptions>>().Value;
}
