using LatencyLab.Web.Components.Charts;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LatencyLab.Web.Components.Interop;

/// <summary><c>js/frontier.js</c>: one chart of accuracy against latency.</summary>
public sealed class FrontierModule(IJSRuntime js) : JsModule(js, "./js/frontier.js")
{
    private IJSObjectReference? _chart;

    /// <summary>Draws the chart, or gives the drawn one new data.</summary>
    public async Task ShowAsync(ElementReference element, FrontierChartData data)
    {
        if (_chart is null)
        {
            _chart = await (await ImportAsync()).InvokeAsync<IJSObjectReference>("create", element, data);
        }
        else
        {
            await _chart.InvokeVoidAsync("update", data);
        }
    }

    /// <inheritdoc/>
    protected override ValueTask DisposeInstanceAsync() => _chart.DisposeSafelyAsync(callDispose: true);
}
