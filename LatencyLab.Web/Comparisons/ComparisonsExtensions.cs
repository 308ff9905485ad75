namespace LatencyLab.Web.Comparisons;

/// <summary>Registers what comparisons need in the web application.</summary>
internal static class ComparisonsExtensions
{
    /// <summary>Adds the stores and the service behind page and API.</summary>
    public static IServiceCollection AddComparisons(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<WebLimits>().Bind(configuration.GetSection(WebLimits.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ImageStore>();
        services.AddSingleton<SamplePictures>();
        services.AddSingleton<ComparisonStore>();
        services.AddSingleton<ComparisonService>();
        services.AddSingleton<IComparisonService>(provider => provider.GetRequiredService<ComparisonService>());
        return services;
    }
}
