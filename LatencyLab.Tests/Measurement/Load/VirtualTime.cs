using LatencyLab.Inference.Measurement.Load;

namespace LatencyLab.Tests.Measurement.Load;

/// <summary>A load run's time that passes only while the sender waits, so that a minute takes a moment and always goes the same way.</summary>
internal sealed class VirtualTime : ILoadClock
{
    private readonly PriorityQueue<Action, (long Ns, long Order)> _events = new();
    private long _order;

    public long NowNs { get; private set; }

    public TimeSpan Now => TimeSpan.FromTicks(NowNs / TimeSpan.NanosecondsPerTick);

    /// <summary>Does something at a time.</summary>
    public void At(TimeSpan time, Action action) => _events.Enqueue(action, (time.Ticks * TimeSpan.NanosecondsPerTick, _order++));

    /// <summary>Time passes during which the sender does not run, as when the machine is busy elsewhere.</summary>
    public void Jump(TimeSpan span) => NowNs += span.Ticks * TimeSpan.NanosecondsPerTick;

    public void WaitUntil(long ns, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested && _events.TryPeek(out var action, out var due) && due.Ns <= ns)
        {
            _events.Dequeue();
            NowNs = Math.Max(NowNs, due.Ns);
            action();
        }
        if (!cancellationToken.IsCancellationRequested)
        {
            NowNs = Math.Max(NowNs, ns);
        }
    }

    public IDisposable Every(TimeSpan period, Action tick) => new Ticks(this, period, tick);

    private sealed class Ticks : IDisposable
    {
        private readonly VirtualTime _time;
        private readonly TimeSpan _period;
        private readonly Action _tick;
        private bool _disposed;

        public Ticks(VirtualTime time, TimeSpan period, Action tick)
        {
            (_time, _period, _tick) = (time, period, tick);
            Next();
        }

        public void Dispose() => _disposed = true;

        private void Next() => _time.At(_time.Now + _period, () =>
        {
            if (!_disposed)
            {
                _tick();
                Next();
            }
        });
    }
}
