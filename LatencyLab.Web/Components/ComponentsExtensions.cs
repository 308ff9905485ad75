using LatencyLab.Web.Components.Picture;
using Radzen;

namespace LatencyLab.Web.Components;

/// <summary>Wires the pages; the composition root calls both.</summary>
public static class ComponentsExtensions
{
    /// <summary>Adds what the components need besides <see cref="Comparisons.IComparisonService"/>.</summary>
    public static IServiceCollection AddLatencyLabComponents(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddRadzenComponents();
        services.AddSingleton<SampleCatalogue>();
        services.AddSingleton(TimeProvider.System);
        return services;
    }

    /// <summary>Maps static assets and pages. Antiforgery must be in the pipeline before.</summary>
    public static WebApplication MapLatencyLabComponents(this WebApplication app)
    {
        app.MapStaticAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        return app;
    }
}
