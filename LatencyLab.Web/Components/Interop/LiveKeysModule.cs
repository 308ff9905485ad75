using Microsoft.JSInterop;

namespace LatencyLab.Web.Components.Interop;

/// <summary><c>js/live-keys.js</c>: the keys of the Live page, and its look on a projector.</summary>
public sealed class LiveKeysModule(IJSRuntime js) : JsModule(js, "./js/live-keys.js")
{
    private IJSObjectReference? _keys;

    /// <summary>Listens to the keyboard.</summary>
    /// <param name="receiver">Has <c>OnKey</c>; null where no key does anything.</param>
    public async Task AttachAsync<T>(DotNetObjectReference<T>? receiver) where T : class =>
        _keys = await (await ImportAsync()).InvokeAsync<IJSObjectReference>("attach", receiver);

    /// <summary>Hides the page's chrome, or shows it again.</summary>
    public ValueTask PresentAsync(bool on) => _keys?.InvokeVoidAsync("present", on) ?? ValueTask.CompletedTask;

    /// <inheritdoc/>
    protected override ValueTask DisposeInstanceAsync() => _keys.DisposeSafelyAsync(callDispose: true);
}
