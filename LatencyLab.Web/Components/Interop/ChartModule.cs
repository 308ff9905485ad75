using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LatencyLab.Web.Components.Interop;

/// <summary>A script that draws one chart: <c>create(element, data)</c> gives an object with <c>update(data)</c> and <c>dispose()</c>.</summary>
/// <typeparam name="TData">What is drawn.</typeparam>
/// <param name="js">The circuit's JavaScript runtime.</param>
/// <param name="path">Path of the script below the base address.</param>
public sealed class ChartModule<TData>(IJSRuntime js, string path) : JsObjectModule(js, path)
    where TData : class
{
    /// <summary>Draws the chart, or gives the drawn one new data. One call at a time.</summary>
    public async Task ShowAsync(ElementReference element, TData data)
    {
        if (IsCreated)
        {
            await CallObjectAsync("update", data);
        }
        else
        {
            await CreateObjectAsync("create", element, data);
        }
    }

    /// <summary>Calls a further function of the drawn chart; does nothing before it is drawn.</summary>
    public ValueTask CallAsync(string function, params object?[] arguments) => CallObjectAsync(function, arguments);
}
