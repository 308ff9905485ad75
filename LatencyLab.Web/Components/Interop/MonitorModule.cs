using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LatencyLab.Web.Components.Interop;

/// <summary><c>js/monitor.js</c>: writes samples into the monitor's panel and draws their last minute.</summary>
public sealed class MonitorModule(IJSRuntime js) : JsObjectModule(js, "./js/monitor.js")
{
    /// <summary>Takes hold of the panel.</summary>
    /// <param name="element">Holds elements with <c>data-metric</c>, the metric's place.</param>
    /// <param name="window">Samples that are drawn; the oldest give way.</param>
    public Task AttachAsync(ElementReference element, int window) =>
        CreateObjectAsync("attach", element, window);

    /// <summary>Shows a sample; a browser that is away for a while is waited for until it is back or this is cancelled.</summary>
    public ValueTask PushAsync(MonitorFrame frame, CancellationToken cancellationToken) =>
        CallObjectAsync("push", cancellationToken, frame);
}

/// <summary>A sample as the script gets it.</summary>
/// <param name="Values">One a metric, for the drawing; null where there is none.</param>
/// <param name="Texts">The same with their units, for people.</param>
/// <param name="Cost">What monitoring costs, in a sentence.</param>
public sealed record MonitorFrame(IReadOnlyList<double?> Values, IReadOnlyList<string> Texts, string Cost);
