namespace LatencyLab.Web.Live;

/// <summary>Registers what the live session needs in the web application.</summary>
internal static class LiveExtensions
{
    /// <summary>Adds the session behind page and API.</summary>
    public static IServiceCollection AddLive(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<LiveOptions>().Bind(configuration.GetSection(LiveOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<LiveStarter>();
        services.AddSingleton<LiveSession>();
        services.AddSingleton<ILiveSession>(provider => provider.GetRequiredService<LiveSession>());
        services.AddSingleton<LiveAudience>();
        return services;
    }
}
