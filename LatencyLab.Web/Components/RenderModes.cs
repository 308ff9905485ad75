using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace LatencyLab.Web.Components;

/// <summary>How pages run.</summary>
public static class RenderModes
{
    /// <summary>Over a circuit and without prerendering: nothing is computed twice. The layout draws a skeleton meanwhile.</summary>
    public static IComponentRenderMode Interactive { get; } = new InteractiveServerRenderMode(prerender: false);
}
