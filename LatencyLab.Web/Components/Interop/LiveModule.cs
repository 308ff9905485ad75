using LatencyLab.Web.Components.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LatencyLab.Web.Components.Interop;

/// <summary><c>js/live.js</c>: the live charts.</summary>
public sealed class LiveModule(IJSRuntime js) : JsModule(js, "./js/live.js")
{
    private IJSObjectReference? _charts;

    /// <summary>Draws the charts, empty.</summary>
    public async Task CreateAsync(ElementReference root, LiveChartSetup setup) =>
        _charts = await (await ImportAsync()).InvokeAsync<IJSObjectReference>("create", root, setup);

    /// <summary>Begins anew, with what was before.</summary>
    /// <param name="variants">Who takes part.</param>
    /// <param name="frames">JSON array of frames, oldest first.</param>
    public ValueTask ResetAsync(IReadOnlyList<LiveChartVariant> variants, string frames) => _charts?.InvokeVoidAsync("reset", variants, frames) ?? ValueTask.CompletedTask;

    /// <summary>Adds a frame; ends when the browser has it, so that a slow one is not sent more than it takes.</summary>
    /// <param name="frame">The frame as JSON.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask PushAsync(string frame, CancellationToken cancellationToken) =>
        _charts?.InvokeVoidAsync("push", cancellationToken, frame) ?? ValueTask.CompletedTask;

    /// <inheritdoc/>
    protected override ValueTask DisposeInstanceAsync() => _charts.DisposeSafelyAsync(callDispose: true);
}
