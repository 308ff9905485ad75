using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LatencyLab.Web.Components.Interop;

/// <summary><c>js/upload.js</c>: pictures dropped, pasted, browsed or captured go to the server by plain HTTP.</summary>
public sealed class UploadModule(IJSRuntime js) : JsObjectModule(js, "./js/upload.js")
{
    /// <summary>Listens on a drop zone, its file input, and the page for pastes.</summary>
    /// <param name="zone">Where files may be dropped.</param>
    /// <param name="input">The file input.</param>
    /// <param name="receiver">Has <c>OnUploadStarted</c>, <c>OnUploadProgress</c>, <c>OnUploadCompleted</c>, <c>OnUploadFailed</c> and <c>OnUploadCancelled</c>.</param>
    public Task AttachAsync<T>(ElementReference zone, ElementReference input, DotNetObjectReference<T> receiver) where T : class =>
        CreateObjectAsync("attach", zone, input, receiver);

    /// <summary>Sends a picture that JavaScript holds.</summary>
    public ValueTask SendAsync(IJSObjectReference blob, string name) =>
        CallObjectAsync("send", blob, name);

    /// <summary>Stops the upload under way, if any.</summary>
    public ValueTask CancelAsync() => CallObjectAsync("cancel");
}
