using LatencyLab.Web.Components.Interop;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LatencyLab.Web.Components.Charts;

/// <summary>Stacked horizontal bars on one axis. New data go to the script; the element itself is rendered once.</summary>
public sealed partial class StackedBarChart : IAsyncDisposable
{
    private ChartModule? _chart;
    private ElementReference _element;
    private StackedBarData? _shown;
    private bool _showing;
    private readonly TaskCompletionSource _drawn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Inject]
    public required IJSRuntime Js { get; init; }

    [Parameter, EditorRequired]
    public required StackedBarData Data { get; set; }

    /// <summary>Downloads the chart as a PNG, as soon as it is drawn.</summary>
    /// <param name="fileName">With extension.</param>
    public async Task SavePngAsync(string fileName)
    {
        await _drawn.Task;
        if (_chart is { } chart)
        {
            await chart.SavePngAsync(fileName);
        }
    }

    protected override Task OnParametersSetAsync() => _chart is null ? Task.CompletedTask : ShowAsync();

    protected override Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return Task.CompletedTask;
        }
        _chart = new ChartModule(Js);
        return ShowAsync();
    }

    protected override bool ShouldRender() => false;

    // One call at a time; data that arrive meanwhile replace each other, and the latest is drawn next.
    private async Task ShowAsync()
    {
        if (_showing)
        {
            return;
        }
        _showing = true;
        try
        {
            while (_chart is { } chart && !ReferenceEquals(_shown, Data))
            {
                _shown = Data;
                await chart.ShowAsync(_element, Data);
                _drawn.TrySetResult();
            }
        }
        catch (JSDisconnectedException)
        {
            // Nobody looks any more.
        }
        finally
        {
            _showing = false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_chart is { } chart)
        {
            _chart = null;
            _drawn.TrySetResult();
            await chart.DisposeAsync();
        }
    }
}
