using LatencyLab.Web.Components.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LatencyLab.Web.Components.Interop;

/// <summary><c>js/claim-card.js</c>: the dialog of a claim and its card.</summary>
public sealed class ClaimModule(IJSRuntime js) : JsModule(js, "./js/claim-card.js")
{
    /// <summary>Opens the dialog above the page.</summary>
    /// <returns>The theme that the page is in: <c>light</c> or <c>dark</c>.</returns>
    public async Task<string> OpenAsync(ElementReference dialog) => await (await ImportAsync()).InvokeAsync<string>("open", dialog);

    /// <summary>Draws the card, 1200 × 675 pixels.</summary>
    public async Task DrawAsync(ElementReference canvas, ClaimCardData data) => await (await ImportAsync()).InvokeVoidAsync("draw", canvas, data);

    /// <summary>Downloads the drawn card.</summary>
    public async Task SavePngAsync(ElementReference canvas, string fileName) => await (await ImportAsync()).InvokeVoidAsync("savePng", canvas, fileName);

    /// <summary>Puts a text on the clipboard; false where the browser does not allow it.</summary>
    public async Task<bool> CopyAsync(string text) => await (await ImportAsync()).InvokeAsync<bool>("copy", text);
}
