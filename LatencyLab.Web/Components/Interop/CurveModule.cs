using LatencyLab.Web.Components.Charts;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LatencyLab.Web.Components.Interop;

/// <summary><c>js/curves.js</c>: one chart with curves.</summary>
public sealed class CurveModule(IJSRuntime js) : JsModule(js, "./js/curves.js")
{
    private IJSObjectReference? _chart;

    /// <summary>Draws the chart, or gives the drawn one new data.</summary>
    public async Task ShowAsync(ElementReference element, CurveChartData data)
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
