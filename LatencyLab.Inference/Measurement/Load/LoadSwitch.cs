namespace LatencyLab.Inference.Measurement.Load;

/// <summary>What a user wishes of a running run; from any thread.</summary>
internal sealed class LoadSwitch : IDisposable
{
    private readonly CancellationTokenSource _stopping;
    private readonly Lock _lock = new();
    private TaskCompletionSource? _resumed;
    private bool _disposed;

    public LoadSwitch(CancellationToken cancellationToken)
    {
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Stopping = _stopping.Token;
    }

    /// <summary>Nothing more is to be sent.</summary>
    public CancellationToken Stopping { get; }

    public bool IsPaused
    {
        get
        {
            lock (_lock)
            {
                return _resumed is not null;
            }
        }
    }

    public void Pause()
    {
        lock (_lock)
        {
            _resumed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void Resume()
    {
        lock (_lock)
        {
            _resumed?.SetResult();
            _resumed = null;
        }
    }

    /// <summary>Stops; a run that has ended takes no notice.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            if (!_disposed)
            {
                _stopping.Cancel();
            }
        }
        Resume();
    }

    /// <summary>Ends when the run is not paused.</summary>
    public Task WhileRunning()
    {
        lock (_lock)
        {
            return _resumed?.Task ?? Task.CompletedTask;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _stopping.Dispose();
        }
    }
}
