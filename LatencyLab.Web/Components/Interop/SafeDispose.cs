using Microsoft.JSInterop;

namespace LatencyLab.Web.Components.Interop;

/// <summary>Disposal of JavaScript objects that may have gone already.</summary>
public static class SafeDispose
{
    /// <summary>Calls <c>dispose</c> on the object when it has one, and lets it go. A lost circuit took it along: nothing is left to do then.</summary>
    public static async ValueTask DisposeSafelyAsync(this IJSObjectReference? reference, bool callDispose = false)
    {
        if (reference is null)
        {
            return;
        }
        try
        {
            if (callDispose)
            {
                await reference.InvokeVoidAsync("dispose");
            }
            await reference.DisposeAsync();
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // The page was closed or reloaded first.
        }
    }
}
