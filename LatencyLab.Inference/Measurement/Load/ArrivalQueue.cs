namespace LatencyLab.Inference.Measurement.Load;

/// <summary>
/// Between the schedule of an open loop and its callers: an arrival goes to a caller that is free, else it waits, first come, first
/// served, in memory that was set aside before.
/// </summary>
internal sealed class ArrivalQueue(int maxWaiting, int callers) : ICallSource
{
    private readonly Lock _lock = new();
    private readonly long[] _waiting = new long[maxWaiting];
    private readonly LoadCaller[] _idle = new LoadCaller[callers];
    private int _first;
    private int _waitingCount;
    private int _idleCount;
    private bool _ended;

    /// <summary>Arrivals that wait for a caller now.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _waitingCount;
            }
        }
    }

    /// <summary>Passes an arrival on; false when too many wait already.</summary>
    public bool TryRelease(long intended)
    {
        LoadCaller caller;
        lock (_lock)
        {
            if (_idleCount == 0)
            {
                return TryEnqueue(intended);
            }
            caller = _idle[--_idleCount];
        }
        // Outside the lock: the caller sends on this thread.
        caller.Give(intended);
        return true;
    }

    /// <summary>There will be no more arrivals; callers end once none waits.</summary>
    public void End()
    {
        lock (_lock)
        {
            _ended = true;
        }
        while (TakeIdle() is { } caller)
        {
            caller.Give(ICallSource.Ended);
        }
    }

    /// <summary>Takes back what still waits, and says how many of them were meant to start from a time on.</summary>
    public int Abandon(long fromNs)
    {
        lock (_lock)
        {
            var count = 0;
            for (; _waitingCount > 0; _waitingCount--)
            {
                count += Dequeue() >= fromNs ? 1 : 0;
            }
            return count;
        }
    }

    public ValueTask<long> NextAsync(LoadCaller caller)
    {
        lock (_lock)
        {
            if (_waitingCount > 0)
            {
                _waitingCount--;
                return new(Dequeue());
            }
            if (_ended)
            {
                return new(ICallSource.Ended);
            }
            _idle[_idleCount++] = caller;
            return caller.Wait();
        }
    }

    private bool TryEnqueue(long intended)
    {
        if (_waitingCount == _waiting.Length)
        {
            return false;
        }
        _waiting[(_first + _waitingCount++) % _waiting.Length] = intended;
        return true;
    }

    private long Dequeue()
    {
        var intended = _waiting[_first];
        _first = (_first + 1) % _waiting.Length;
        return intended;
    }

    private LoadCaller? TakeIdle()
    {
        lock (_lock)
        {
            return _idleCount > 0 ? _idle[--_idleCount] : null;
        }
    }
}
