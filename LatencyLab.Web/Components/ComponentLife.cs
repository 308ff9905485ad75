namespace LatencyLab.Web.Components;

/// <summary>
/// How long a component is there; dispose it first when the component goes. The token may be asked for afterwards too: what the component
/// awaited goes on once more, and its next step then ends as cancelled.
/// </summary>
public sealed class ComponentLife : IDisposable
{
    private readonly CancellationTokenSource _ending = new();

    /// <summary>A life that has begun.</summary>
    public ComponentLife() => Token = _ending.Token;

    /// <summary>Cancelled when the component goes.</summary>
    public CancellationToken Token { get; }

    /// <summary>Whether the component is gone.</summary>
    public bool IsOver => Token.IsCancellationRequested;

    /// <summary>Does something again and again while the component is there.</summary>
    /// <param name="period">Time between two.</param>
    /// <param name="time">Tells when it is over.</param>
    /// <param name="act">What is done; it is waited for.</param>
    /// <param name="isNeeded">Ends it early when false; null to go on for as long as the component is there.</param>
    /// <returns>Ends with the component, and does not fail then.</returns>
    public async Task EveryAsync(TimeSpan period, TimeProvider time, Func<Task> act, Func<bool>? isNeeded = null)
    {
        ArgumentNullException.ThrowIfNull(act);
        using var timer = new PeriodicTimer(period, time);
        try
        {
            while (isNeeded?.Invoke() != false && await timer.WaitForNextTickAsync(Token))
            {
                await act();
            }
        }
        catch (OperationCanceledException) when (IsOver)
        {
            // The component is gone.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!IsOver)
        {
            _ending.Cancel();
            _ending.Dispose();
        }
    }
}
