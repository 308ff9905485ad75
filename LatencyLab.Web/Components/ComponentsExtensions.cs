using LatencyLab.Web.Components.Picture;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Radzen;

namespace LatencyLab.Web.Components;

/// <summary>Wires the pages; the composition root calls both.</summary>
public static class ComponentsExtensions
{
    /// <summary>Adds what the components need besides <see cref="Comparisons.IComparisonService"/>.</summary>
    public static WebApplicationBuilder AddLatencyLabComponents(this WebApplicationBuilder builder)
    {
        // `dotnet run` serves packages' assets from their folders, in any environment; published output has them in the web root.
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddRadzenComponents();
        builder.Services.AddSingleton<SampleCatalogue>();
        builder.Services.TryAddSingleton(TimeProvider.System);
        return builder;
    }

    /// <summary>Maps static assets and pages. Antiforgery must be in the pipeline before.</summary>
    public static WebApplication MapLatencyLabComponents(this WebApplication app)
    {
        app.MapStaticAssets();
        // Our own content security policy names the frame ancestors already.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
        return app;
    }
}
