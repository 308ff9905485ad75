using Microsoft.AspNetCore.Authentication;

namespace LatencyLab.Web.Audience;

/// <summary>Registers the audience door, and who decides at it.</summary>
internal static class AudienceExtensions
{
    /// <summary>Adds the door; it stays shut unless the configuration allows it and a presenter opens it.</summary>
    public static IServiceCollection AddAudience(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AudienceOptions>()
            .Bind(configuration.GetSection(AudienceOptions.Section))
            .ValidateDataAnnotations()
            .Validate(static options => JoinAddress.IsUsable(options.PublicAddress),
                "LatencyLab:Audience:PublicAddress must be a whole address that phones can open, for instance https://demo.example.")
            .ValidateOnStart();
        services.AddSingleton<AudienceDoor>();
        services.AddSingleton<AudienceReception>();
        services.AddSingleton<PresenterKey>();
        services.AddAuthentication(Presenter.Scheme).AddScheme<AuthenticationSchemeOptions, PresenterHandler>(Presenter.Scheme, configureOptions: null);
        return services;
    }
}
