using LatencyLab.Web.Components.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LatencyLab.Web.Components.Interop;

/// <summary><c>js/live.js</c>: the live charts.</summary>
public sealed class LiveModule(IJSRuntime js) : JsObjectModule(js, "./js/live.js")
{
    /// <summary>Draws the charts, empty.</summary>
    public Task CreateAsync(ElementReference root, LiveChartSetup setup) =>
        CreateObjectAsync("create", root, setup);

    /// <summary>Begins anew, with what was before.</summary>
    /// <param name="variants">Who takes part.</param>
    /// <param name="frames">JSON array of frames, oldest first.</param>
    public ValueTask ResetAsync(IReadOnlyList<LiveChartVariant> variants, string frames) => CallObjectAsync("reset", variants, frames);

    /// <summary>Adds a frame; ends when the browser has it, so that a slow one is not sent more than it takes.</summary>
    /// <param name="frame">The frame as JSON.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask PushAsync(string frame, CancellationToken cancellationToken) =>
        CallObjectAsync("push", cancellationToken, frame);
}
