namespace LatencyLab.Web.Components;

/// <summary>
/// Hands values on at most once an interval; of those that come faster, only the latest. Keeps a stream of progress from flooding the
/// renderer, which stops at ten unacknowledged batches.
/// </summary>
/// <param name="interval">Shortest time between two deliveries.</param>
/// <param name="time">The clock.</param>
/// <param name="deliver">Gets the values, on a thread of the pool.</param>
public sealed class LatestValueThrottle<T>(TimeSpan interval, TimeProvider time, Action<T> deliver) : IProgress<T>, IDisposable where T : class
{
    private readonly Lock _gate = new();
    private ITimer? _timer;
    private T? _pending;
    private long? _delivered;
    private bool _disposed;

    /// <inheritdoc/>
    public void Report(T value)
    {
        lock (_gate)
        {
            var scheduled = _pending is not null;
            _pending = value;
            if (scheduled || _disposed)
            {
                return;
            }
            var wait = _delivered is { } last ? interval - time.GetElapsedTime(last) : TimeSpan.Zero;
            _timer ??= time.CreateTimer(_ => Deliver(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Drops what is pending and delivers nothing more.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _pending = null;
            _timer?.Dispose();
        }
    }

    private void Deliver()
    {
        T? value;
        lock (_gate)
        {
            (value, _pending) = (_pending, null);
            _delivered = time.GetTimestamp();
        }
        if (value is not null)
        {
            deliver(value);
        }
    }
}
