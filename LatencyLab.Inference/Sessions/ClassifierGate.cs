namespace LatencyLab.Inference.Sessions;

/// <summary>
/// The one bounded gate in front of the classifier, shared by HTTP requests and circuits. A classification takes one place; a
/// comparison's round takes all, so that nothing else disturbs what it measures. First come, first served.
/// </summary>
public sealed class ClassifierGate
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Waiter> _waiters = [];
    private readonly int _places;
    private readonly int _queueLength;
    private int _free;

    /// <summary>A gate with all places free.</summary>
    /// <param name="places">Requests that run at the same time, at least 1.</param>
    /// <param name="queueLength">Requests that may wait, 0 or more.</param>
    public ClassifierGate(int places, int queueLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(places);
        ArgumentOutOfRangeException.ThrowIfNegative(queueLength);
        _places = _free = places;
        _queueLength = queueLength;
    }

    /// <summary>Requests that run at the same time.</summary>
    public int Places => _places;

    /// <summary>Requests that wait now.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _waiters.Count;
            }
        }
    }

    /// <summary>Takes one place; dispose the result to give it back.</summary>
    /// <exception cref="GateFullException">The queue is full.</exception>
    public ValueTask<Pass> EnterAsync(CancellationToken cancellationToken) => EnterAsync(admitted: false, cancellationToken);

    /// <summary>Takes one place; dispose the result to give it back.</summary>
    /// <param name="admitted">Work that was admitted before waits however long the queue is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="GateFullException">The queue is full, and the work was not admitted before.</exception>
    public ValueTask<Pass> EnterAsync(bool admitted, CancellationToken cancellationToken) => EnterAsync(1, admitted, cancellationToken);

    /// <summary>Takes all places; dispose the result to give them back.</summary>
    /// <param name="admitted">Work that was admitted before waits however long the queue is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="GateFullException">The queue is full, and the work was not admitted before.</exception>
    public ValueTask<Pass> EnterAloneAsync(bool admitted, CancellationToken cancellationToken) => EnterAsync(_places, admitted, cancellationToken);

    private ValueTask<Pass> EnterAsync(int places, bool admitted, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Waiter waiter;
        lock (_lock)
        {
            if (_waiters.Count == 0 && _free >= places)
            {
                _free -= places;
                return new(new Pass(this, places));
            }
            if (!admitted && _waiters.Count >= _queueLength)
            {
                throw new GateFullException(TimeSpan.FromSeconds(1));
            }
            waiter = new Waiter(places);
            _waiters.AddLast(waiter);
        }
        return new(WaitAsync(waiter, cancellationToken));
    }

    private async Task<Pass> WaitAsync(Waiter waiter, CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.Register(() =>
        {
            lock (_lock)
            {
                // No longer there: it was admitted in this very moment, and keeps its place.
                if (_waiters.Remove(waiter))
                {
                    waiter.Admission.SetCanceled(cancellationToken);
                }
            }
            // What stood behind it may be narrower than it was.
            AdmitWaiting();
        });
        await waiter.Admission.Task;
        return new Pass(this, waiter.Places);
    }

    private void Leave(int places)
    {
        lock (_lock)
        {
            _free += places;
        }
        AdmitWaiting();
    }

    private void AdmitWaiting()
    {
        lock (_lock)
        {
            while (_waiters.First is { Value: var next } && _free >= next.Places)
            {
                _free -= next.Places;
                _waiters.RemoveFirst();
                next.Admission.SetResult();
            }
        }
    }

    /// <summary>Places taken; dispose it once to give them back.</summary>
    public readonly struct Pass(ClassifierGate gate, int places) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose() => gate.Leave(places);
    }

    private sealed class Waiter(int places)
    {
        public int Places { get; } = places;

        public TaskCompletionSource Admission { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
