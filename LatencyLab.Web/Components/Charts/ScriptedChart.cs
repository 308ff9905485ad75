using LatencyLab.Web.Components.Interop;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LatencyLab.Web.Components.Charts;

/// <summary>A chart that a script draws. New data go to the script; the element itself is rendered once.</summary>
/// <typeparam name="TData">What is drawn; another object is another drawing.</typeparam>
public abstract class ScriptedChart<TData> : ComponentBase, IAsyncDisposable
    where TData : class
{
    private readonly TaskCompletionSource _drawn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ChartModule<TData>? _chart;
    private TData? _shown;
    private bool _showing;

    /// <summary>The circuit's JavaScript runtime.</summary>
    [Inject]
    public required IJSRuntime Js { get; init; }

    /// <summary>What is drawn.</summary>
    [Parameter, EditorRequired]
    public required TData Data { get; set; }

    /// <summary>Path of the script below the base address.</summary>
    protected abstract string Script { get; }

    /// <summary>Where the script draws.</summary>
    protected ElementReference Element { get; set; }

    /// <summary>Calls a function of the chart as soon as it is drawn.</summary>
    protected async Task CallAsync(string function, params object?[] arguments)
    {
        await _drawn.Task;
        if (_chart is { } chart)
        {
            await chart.CallAsync(function, arguments);
        }
    }

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync() => ShowAsync();

    /// <inheritdoc/>
    protected override Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return Task.CompletedTask;
        }
        _chart = new ChartModule<TData>(Js, Script);
        return ShowAsync();
    }

    /// <inheritdoc/>
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
                await chart.ShowAsync(Element, Data);
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

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_chart is { } chart)
        {
            _chart = null;
            _drawn.TrySetResult();
            await chart.DisposeAsync();
        }
        GC.SuppressFinalize(this);
    }
}
