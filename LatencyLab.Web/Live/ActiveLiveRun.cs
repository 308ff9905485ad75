using LatencyLab.Inference.Live;

namespace LatencyLab.Web.Live;

/// <summary>A run of the live session, from the first variant that loads to the last answer.</summary>
/// <param name="plan">What runs.</param>
/// <param name="place">Its place as the one source of load; given back when it is over.</param>
internal sealed class ActiveLiveRun(LivePlan plan, IDisposable place) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _disposed;

    public LivePlan Plan { get; } = plan;

    /// <summary>The run itself; null while its variants load.</summary>
    public LiveRun? Live { get; set; }

    /// <summary>Ends with the run; never throws.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Why it was stopped; null where a person did it.</summary>
    public string? EndReason { get; private set; }

    public CancellationToken Stopping => _stopping.Token;

    public void Stop(string? reason)
    {
        lock (_lock)
        {
            if (!_disposed && !_stopping.IsCancellationRequested)
            {
                EndReason = reason;
                _stopping.Cancel();
            }
        }
    }

    /// <summary>The run is over.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _stopping.Dispose();
        }
        place.Dispose();
        _ended.TrySetResult();
    }
}
