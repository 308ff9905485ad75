using Microsoft.JSInterop;

namespace LatencyLab.Web.Components.Interop;

/// <summary>A module that creates one object, which lives as long as the component: a drawn chart, a listener.</summary>
/// <param name="js">The circuit's JavaScript runtime.</param>
/// <param name="path">Path of the module below the base address.</param>
public abstract class JsObjectModule(IJSRuntime js, string path) : JsModule(js, path)
{
    /// <summary>What <c>js/element.js</c> says of an element that left the page before the server knew.</summary>
    private const string ElementGone = "The element is gone.";

    private IJSObjectReference? _object;

    /// <summary>Whether the object is there.</summary>
    protected bool IsCreated => _object is not null;

    /// <summary>Creates the object.</summary>
    /// <param name="function">The module's function that gives it.</param>
    /// <param name="arguments">Its arguments; read only while the component is there.</param>
    /// <exception cref="OperationCanceledException">The component is gone, or its element; so is the object.</exception>
    protected async Task CreateObjectAsync(string function, params object?[] arguments)
    {
        var created = await InvokeAsync(await ImportAsync(), function, arguments);
        if (IsDisposed)
        {
            await created.DisposeSafelyAsync(callDispose: true);
        }
        ThrowIfDisposed();
        _object = created;
    }

    /// <summary>Calls a function of the object; does nothing before there is one.</summary>
    protected ValueTask CallObjectAsync(string function, params object?[] arguments) => CallObjectAsync(function, CancellationToken.None, arguments);

    /// <summary>Calls a function of the object; does nothing before there is one.</summary>
    protected ValueTask CallObjectAsync(string function, CancellationToken cancellationToken, params object?[] arguments) =>
        _object?.InvokeVoidAsync(function, cancellationToken, arguments) ?? ValueTask.CompletedTask;

    private static async Task<IJSObjectReference> InvokeAsync(IJSObjectReference module, string function, object?[] arguments)
    {
        try
        {
            return await module.InvokeAsync<IJSObjectReference>(function, arguments);
        }
        catch (JSException exception) when (exception.Message.StartsWith(ElementGone, StringComparison.Ordinal))
        {
            throw new OperationCanceledException(exception.Message, exception);
        }
    }

    /// <inheritdoc/>
    protected override ValueTask DisposeObjectAsync() => _object.DisposeSafelyAsync(callDispose: true);
}
