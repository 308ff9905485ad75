using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LatencyLab.Web.Components.Interop;

/// <summary><c>js/monitor.js</c>: writes samples into the monitor's panel and draws their last minute.</summary>
public sealed class MonitorModule(IJSRuntime js) : JsModule(js, "./js/monitor.js")
{
    private IJSObjectReference? _monitor;

    /// <summary>Takes hold of the panel.</summary>
    /// <param name="element">Holds elements with <c>data-metric</c>, the metric's place.</param>
    /// <param name="window">Samples that are drawn; the oldest give way.</param>
    public async Task AttachAsync(ElementReference element, int window) =>
        _monitor = await (await ImportAsync()).InvokeAsync<IJSObjectReference>("attach", element, window);

    /// <summary>Shows a sample; a browser that is away for a while is waited for until it is back or this is cancelled.</summary>
    public ValueTask PushAsync(MonitorFrame frame, CancellationToken cancellationToken) =>
        _monitor?.InvokeVoidAsync("push", cancellationToken, frame) ?? ValueTask.CompletedTask;

    /// <inheritdoc/>
    protected override ValueTask DisposeInstanceAsync() => _monitor.DisposeSafelyAsync(callDispose: true);
}

/// <summary>A sample as the script gets it.</summary>
/// <param name="Values">One a metric, for the drawing; null where there is none.</param>
/// <param name="Texts">The same with their units, for people.</param>
/// <param name="Cost">What monitoring costs, in a sentence.</param>
public sealed record MonitorFrame(IReadOnlyList<double?> Values, IReadOnlyList<string> Texts, string Cost);
