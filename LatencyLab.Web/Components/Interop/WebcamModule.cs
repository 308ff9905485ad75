using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LatencyLab.Web.Components.Interop;

/// <summary><c>js/webcam.js</c>: one still picture from the camera.</summary>
public sealed class WebcamModule(IJSRuntime js) : JsModule(js, "./js/webcam.js")
{
    /// <summary>Shows the camera in a video element; the answer says why not, when refused.</summary>
    public async Task<CameraStart> StartAsync(ElementReference video) => await (await ImportAsync()).InvokeAsync<CameraStart>("start", video);

    /// <summary>The current frame as a JPEG that stays in the browser.</summary>
    public async Task<IJSObjectReference> CaptureAsync(ElementReference video) => await (await ImportAsync()).InvokeAsync<IJSObjectReference>("capture", video);

    /// <summary>Turns the camera off.</summary>
    public async Task StopAsync(ElementReference video) => await (await ImportAsync()).InvokeVoidAsync("stop", video);
}

/// <summary>Whether the camera runs.</summary>
/// <param name="Refusal">Why not, in a sentence; null when it runs.</param>
public sealed record CameraStart(string? Refusal);
