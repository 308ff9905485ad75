using Microsoft.JSInterop;

namespace LatencyLab.Web.Components.Interop;

/// <summary>
/// A JavaScript module, imported at its first use. Each module has one typed class. Its component may go while it loads: then what waits for
/// it ends as cancelled, which Blazor takes for no error.
/// </summary>
/// <param name="js">The circuit's JavaScript runtime.</param>
/// <param name="path">Path of the module below the base address.</param>
public abstract class JsModule(IJSRuntime js, string path) : IAsyncDisposable
{
    private Task<IJSObjectReference>? _module;

    /// <summary>Whether the component has let go of it.</summary>
    protected bool IsDisposed { get; private set; }

    /// <summary>The imported module.</summary>
    /// <exception cref="OperationCanceledException">The component is gone.</exception>
    protected async Task<IJSObjectReference> ImportAsync()
    {
        ThrowIfDisposed();
        var module = await (_module ??= js.InvokeAsync<IJSObjectReference>("import", path).AsTask());
        if (IsDisposed)
        {
            await module.DisposeSafelyAsync();
        }
        ThrowIfDisposed();
        return module;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        IsDisposed = true;
        await DisposeObjectAsync();
        if (_module is { IsCompletedSuccessfully: true })
        {
            await (await _module).DisposeSafelyAsync();
        }
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of what the module created.</summary>
    protected virtual ValueTask DisposeObjectAsync() => ValueTask.CompletedTask;

    /// <summary>Ends what the component no longer waits for.</summary>
    /// <exception cref="OperationCanceledException">The component is gone.</exception>
    protected void ThrowIfDisposed()
    {
        if (IsDisposed)
        {
            throw new OperationCanceledException("The component that wanted the module is gone.");
        }
    }
}
