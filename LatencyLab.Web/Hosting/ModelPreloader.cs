using LatencyLab.Inference.Hosting;
using LatencyLab.Inference.Sessions;
using Microsoft.Extensions.Options;

namespace LatencyLab.Web.Hosting;

/// <summary>Begins loading the default model's variants when the application starts, without holding the start up.</summary>
internal sealed class ModelPreloader(
    VariantRegistry registry, MadeVariants made, IOptions<LatencyLabOptions> options, ILogger<ModelPreloader> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var problem in registry.Catalogue.Problems.Concat(made.Problem is { } broken ? [broken] : []))
        {
            logger.LogWarning("{Problem}", problem);
        }
        if (registry.Catalogue.Find(options.Value.DefaultModel) is null)
        {
            throw new InvalidOperationException(
                $"LatencyLab:DefaultModel is `{options.Value.DefaultModel}`, which was not found. Known models: "
                + $"{string.Join(", ", registry.Catalogue.Models.Select(model => model.Id))}.");
        }
        registry.StatusOf(options.Value.DefaultModel);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
