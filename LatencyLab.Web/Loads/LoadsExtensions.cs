namespace LatencyLab.Web.Loads;

/// <summary>Registers what load runs need in the web application.</summary>
internal static class LoadsExtensions
{
    /// <summary>Adds the service behind page and API, and its limits.</summary>
    public static IServiceCollection AddLoads(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<LoadLimits>().Bind(configuration.GetSection(LoadLimits.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<LoadSource>();
        services.AddSingleton<LoadJobs>();
        services.AddSingleton<ILoadService>(provider => provider.GetRequiredService<LoadJobs>());
        return services;
    }
}
