using LatencyLab.Inference.Measurement.Histograms;

namespace LatencyLab.Inference.Measurement.Load;

/// <summary>The durations of the last so many seconds, whole seconds dropping out one by one. In fixed memory.</summary>
internal sealed class SlidingWindow
{
    /// <summary>Its length.</summary>
    public const int Seconds = 10;

    private readonly LatencyHistogram[] _seconds = [.. Enumerable.Range(0, Seconds).Select(_ => new LatencyHistogram())];
    private readonly LatencyHistogram _sum = new();
    private int _current;

    /// <summary>What came in the current second so far.</summary>
    public LatencyHistogram Current => _seconds[_current];

    public LatencyHistogram Sum => _sum;

    public void Add(LatencyHistogram interval)
    {
        Current.Add(interval);
        _sum.Add(interval);
    }

    /// <summary>Begins the next second; the oldest drops out.</summary>
    public void NextSecond()
    {
        _current = (_current + 1) % Seconds;
        _sum.Subtract(Current);
        Current.Clear();
    }
}
