namespace LatencyLab.Web.Profiles;

/// <summary>Registers what profiles need in the web application.</summary>
internal static class ProfilesExtensions
{
    /// <summary>Adds the store and the service behind page and API.</summary>
    public static IServiceCollection AddProfiles(this IServiceCollection services)
    {
        services.AddSingleton<ProfileStore>();
        services.AddSingleton<ProfileService>();
        services.AddSingleton<IProfileService>(provider => provider.GetRequiredService<ProfileService>());
        return services;
    }
}
