using LatencyLab.Inference.Hosting;
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
        // Pictures are checked for forgery by PictureReader, which tells browsers from programs.
        var api = app.MapGroup("/api").RequireRateLimiting(RequestLimits.PerClient).DisableAntiforgery();
        api.MapModels();
        api.MapModelImport();
        api.MapImages();
        api.MapClassify();
        api.MapComparisons();
    }
}
