using Microsoft.JSInterop;

namespace LatencyLab.Web.Components.Interop;

/// <summary><c>js/live-keys.js</c>: the keys of the Live page, and its look on a projector.</summary>
public sealed class LiveKeysModule(IJSRuntime js) : JsObjectModule(js, "./js/live-keys.js")
{
    /// <summary>Listens to the keyboard.</summary>
    /// <param name="receiver">Has <c>OnKey</c>; null where no key does anything.</param>
    public Task AttachAsync<T>(DotNetObjectReference<T>? receiver) where T : class =>
        CreateObjectAsync("attach", receiver);

    /// <summary>Hides the page's chrome, or shows it again.</summary>
    public ValueTask PresentAsync(bool on) => CallObjectAsync("present", on);
}
