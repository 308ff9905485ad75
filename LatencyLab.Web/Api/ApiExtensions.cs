using LatencyLab.Inference.Hosting;
using LatencyLab.Web.Frontier;
using LatencyLab.Web.Security;

namespace LatencyLab.Web.Api;

/// <summary>Registers and maps the HTTP API.</summary>
internal static class ApiExtensions
{
    /// <summary>Adds what the endpoints need.</summary>
    public static IServiceCollection AddLatencyLabApi(this IServiceCollection services)
    {
        services.AddSingleton<BrowserForgery>();
        services.AddSingleton<PictureReader>();
        services.AddSingleton<LoadSettingsReader>();
        services.AddSingleton<CalibrationUpload>();
        services.AddSingleton<FrontierService>();
        services.AddExceptionHandler<ApiExceptionHandler>();
        services.AddProblemDetails();
        services.AddOpenApi();
        services.AddAntiforgery(antiforgery => antiforgery.HeaderName = "RequestVerificationToken");
        services.ConfigureHttpJsonOptions(json => ContractJson.Configure(json.SerializerOptions));
        return services;
    }

    /// <summary>Maps <c>/api</c>.</summary>
    public static void MapLatencyLabApi(this IEndpointRouteBuilder app)
    {
        // What a stranger's page must not send is checked by BrowserForgery, which tells browsers from programs.
        var api = app.MapGroup("/api").RequireRateLimiting(RequestLimits.PerClient).DisableAntiforgery();
        api.MapModels();
        api.MapModelDetails();
        api.MapLayers();
        api.MapFrontier();
        api.MapModelImport();
        api.MapImages();
        api.MapClassify();
        api.MapComparisons();
        api.MapHistory();
        api.MapJobs();
        api.MapQuantize();
        api.MapSensitivity();
        api.MapPrune();
        api.MapEvaluate();
        api.MapProfiles();
        api.MapAudience();
        api.MapLoad();
        api.MapMonitor();
        api.MapLive();
    }
}
