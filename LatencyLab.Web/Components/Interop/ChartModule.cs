using LatencyLab.Web.Components.Charts;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LatencyLab.Web.Components.Interop;

/// <summary><c>js/chart.js</c>: one stacked bar chart.</summary>
public sealed class ChartModule(IJSRuntime js) : JsModule(js, "./js/chart.js")
{
    private IJSObjectReference? _chart;

    /// <summary>Draws the chart, or gives the drawn one new data.</summary>
    public async Task ShowAsync(ElementReference element, StackedBarData data)
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

    /// <summary>Downloads the chart as a PNG with title, legend and footer.</summary>
    public ValueTask SavePngAsync(string fileName) => _chart?.InvokeVoidAsync("savePng", fileName) ?? ValueTask.CompletedTask;

    /// <inheritdoc/>
    protected override ValueTask DisposeInstanceAsync() => _chart.DisposeSafelyAsync(callDispose: true);
}
