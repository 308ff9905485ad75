using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LatencyLab.Web.Components.Interop;

/// <summary><c>js/form.js</c>: a form with files goes to the API by plain HTTP, as a program would send it.</summary>
public sealed class FormModule(IJSRuntime js) : JsObjectModule(js, "./js/form.js")
{
    /// <summary>Takes over the form's submission.</summary>
    /// <param name="form">The form; its <c>action</c> is the address.</param>
    /// <param name="limits">What is refused before it is sent.</param>
    /// <param name="receiver">Has <c>OnSending</c>, <c>OnAccepted</c> and <c>OnRefused</c>.</param>
    public Task AttachAsync<T>(ElementReference form, UploadLimits limits, DotNetObjectReference<T> receiver) where T : class =>
        CreateObjectAsync("attach", form, limits, receiver);
}

/// <summary>What the files of a form may be at most.</summary>
/// <param name="Count">How many.</param>
/// <param name="TotalBytes">Size of all.</param>
/// <param name="EachBytes">Size of one.</param>
public sealed record UploadLimits(int Count, long TotalBytes, long EachBytes);
