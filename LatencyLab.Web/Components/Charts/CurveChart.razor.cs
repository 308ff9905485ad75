using LatencyLab.Web.Components.Interop;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LatencyLab.Web.Components.Charts;

/// <summary>Curves over one axis. New data go to the script; the element itself is rendered once.</summary>
public sealed partial class CurveChart : IAsyncDisposable
{
    private CurveModule? _chart;
    private ElementReference _element;
    private CurveChartData? _shown;

    [Inject]
    public required IJSRuntime Js { get; init; }

    [Parameter, EditorRequired]
    public required CurveChartData Data { get; set; }

    protected override Task OnParametersSetAsync() => _chart is null ? Task.CompletedTask : ShowAsync();

    protected override Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return Task.CompletedTask;
        }
        _chart = new CurveModule(Js);
        return ShowAsync();
    }

    protected override bool ShouldRender() => false;

    private async Task ShowAsync()
    {
        if (_chart is not { } chart || ReferenceEquals(_shown, Data))
        {
            return;
        }
        _shown = Data;
        try
        {
            await chart.ShowAsync(_element, Data);
        }
        catch (JSDisconnectedException)
        {
            // Nobody looks any more.
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_chart is { } chart)
        {
            _chart = null;
            await chart.DisposeAsync();
        }
    }
}
