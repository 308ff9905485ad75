using System.Diagnostics;
using LatencyLab.Inference.Runtime;

namespace LatencyLab.Inference.Measurement.Load;

/// <summary>
/// The machine's monotonic clock. It waits by sleeping until shortly before the time and spinning for the rest, so that a sender is on
/// time to some microseconds and yet takes little of a core.
/// </summary>
internal sealed class MonotonicLoadClock : ILoadClock
{
    private const long LongestSleepNs = 20_000_000;
    private const int SpinsBetweenLooks = 10;

    private static readonly double NsPerTick = 1e9 / Stopwatch.Frequency;

    private readonly long _origin = Stopwatch.GetTimestamp();

    public long NowNs => (long)((Stopwatch.GetTimestamp() - _origin) * NsPerTick);

    public void WaitUntil(long ns, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var left = ns - NowNs;
            if (left <= 0)
            {
                return;
            }
            if (left > ShortSleep.LatenessNs)
            {
                // In slices, so that cancelling does not wait for a late arrival.
                ShortSleep.For(Math.Min(left - ShortSleep.LatenessNs, LongestSleepNs));
            }
            else
            {
                Thread.SpinWait(SpinsBetweenLooks);
            }
        }
    }

    public IDisposable Every(TimeSpan period, Action tick) => new Timer(_ => tick(), null, period, period);
}
