namespace LatencyLab.Inference.Jobs;

/// <summary>A job in the runner's hands: its work, its state and the way to stop it.</summary>
internal sealed class Job(
    JobStatus status, Func<IProgress<JobProgress>, CancellationToken, Task<object?>> work, TimeProvider time, IDisposable? held = null)
    : IProgress<JobProgress>, IDisposable
{
    /// <summary>Below this share an estimate of the rest would jump about.</summary>
    private const double MinShareForEstimate = 0.05;

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _cancellation = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Func<IProgress<JobProgress>, CancellationToken, Task<object?>>? _work = work;
    private JobStatus _status = status;

    public JobStatus Status
    {
        get
        {
            lock (_lock)
            {
                return _status;
            }
        }
    }

    public Task Ended => _ended.Task;

    /// <summary>Stops it; a waiting one ends at once, a running one as soon as its work notices.</summary>
    /// <returns>Whether there was anything to stop.</returns>
    public bool Cancel()
    {
        bool waited;
        lock (_lock)
        {
            if (!_status.IsActive)
            {
                return false;
            }
            waited = _status.State == JobState.Queued;
        }
        _cancellation.Cancel();
        if (waited)
        {
            End(JobState.Queued, JobState.Cancelled);
        }
        return true;
    }

    /// <summary>Does the work, unless it was cancelled while it waited.</summary>
    /// <returns>The exception that it failed with, for the log.</returns>
    public async Task<Exception?> RunAsync()
    {
        if (!Begin())
        {
            return null;
        }
        try
        {
            var result = await Task.Run(() => _work!(this, _cancellation.Token), _cancellation.Token);
            End(JobState.Running, JobState.Done, result: result);
            return null;
        }
        catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
        {
            End(JobState.Running, JobState.Cancelled);
            return null;
        }
        catch (Exception error)
        {
            End(JobState.Running, JobState.Failed, error.Message);
            return error;
        }
    }

    /// <inheritdoc/>
    public void Report(JobProgress value)
    {
        lock (_lock)
        {
            if (_status.State == JobState.Running)
            {
                _status = _status with { Step = value.Step, Progress = value.Share, RemainingMs = Remaining(value.Share) };
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _cancellation.Dispose();

    private double? Remaining(double? share) => share is >= MinShareForEstimate and { } done && _status.StartedAt is { } started
        ? (time.GetUtcNow() - started).TotalMilliseconds * (1 - done) / done
        : null;

    private bool Begin()
    {
        lock (_lock)
        {
            if (_status.State != JobState.Queued)
            {
                return false;
            }
            _status = _status with { State = JobState.Running, StartedAt = time.GetUtcNow() };
            return true;
        }
    }

    private void End(JobState from, JobState state, string? message = null, object? result = null)
    {
        lock (_lock)
        {
            if (_status.State != from)
            {
                return;
            }
            // Whoever sees that the job has ended finds it let go.
            held?.Dispose();
            _status = _status with
            {
                State = state, Message = message, Result = result, FinishedAt = time.GetUtcNow(), Step = null, RemainingMs = null,
                Progress = state == JobState.Done ? 1 : _status.Progress,
            };
            // What the work holds, uploaded pictures perhaps, goes; the status stays for the history.
            _work = null;
        }
        _ended.TrySetResult();
    }
}
