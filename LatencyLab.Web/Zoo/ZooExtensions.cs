namespace LatencyLab.Web.Zoo;

/// <summary>Registers what the Models pages need.</summary>
internal static class ZooExtensions
{
    /// <summary>Adds the service behind the pages.</summary>
    public static IServiceCollection AddZoo(this IServiceCollection services)
    {
        services.AddSingleton<LayerProfiles>();
        services.AddSingleton<IZooService, ZooService>();
        return services;
    }
}
