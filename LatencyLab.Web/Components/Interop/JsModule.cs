using Microsoft.JSInterop;

namespace LatencyLab.Web.Components.Interop;

/// <summary>A JavaScript module, imported at its first use. Each module has one typed class.</summary>
/// <param name="js">The circuit's JavaScript runtime.</param>
/// <param name="path">Path of the module below the base address.</param>
public abstract class JsModule(IJSRuntime js, string path) : IAsyncDisposable
{
    private Task<IJSObjectReference>? _module;

    /// <summary>The imported module.</summary>
    protected Task<IJSObjectReference> ImportAsync() => _module ??= js.InvokeAsync<IJSObjectReference>("import", path).AsTask();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await DisposeInstanceAsync();
        if (_module is { IsCompletedSuccessfully: true })
        {
            await (await _module).DisposeSafelyAsync();
        }
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of what the module created.</summary>
    protected virtual ValueTask DisposeInstanceAsync() => ValueTask.CompletedTask;
}
