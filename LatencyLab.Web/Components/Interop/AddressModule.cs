using Microsoft.JSInterop;

namespace LatencyLab.Web.Components.Interop;

/// <summary><c>js/address.js</c>: the address bar and links to share.</summary>
public sealed class AddressModule(IJSRuntime js) : JsModule(js, "./js/address.js")
{
    /// <summary>Shows another address without navigating.</summary>
    public async Task ReplaceAsync(string path) => await (await ImportAsync()).InvokeVoidAsync("replace", path);

    /// <summary>Puts the absolute form of a path on the clipboard; false where the browser does not allow it.</summary>
    public async Task<bool> CopyAsync(string path) => await (await ImportAsync()).InvokeAsync<bool>("copy", path);
}
