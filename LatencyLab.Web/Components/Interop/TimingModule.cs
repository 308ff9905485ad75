using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LatencyLab.Web.Components.Interop;

/// <summary><c>js/timing.js</c>: from the arrival of a result to its painted frame.</summary>
public sealed class TimingModule(IJSRuntime js) : JsModule(js, "./js/timing.js")
{
    // A hidden tab paints nothing; then there is no figure.
    private const int TimeoutMs = 5_000;

    /// <summary>Fetches the module ahead of the moment that counts.</summary>
    public Task PrepareAsync() => ImportAsync();

    /// <summary>Milliseconds until the element shows the result and is painted; 0 when that was never seen.</summary>
    public async Task<double> MeasureRenderAsync(ElementReference element, string resultId) =>
        await (await ImportAsync()).InvokeAsync<double>("measureRender", element, resultId, TimeoutMs);
}
