namespace LatencyLab.Web.Components.Charts;

/// <summary>A logarithmic axis in milliseconds: a cold start and a steady run differ by more than a linear one can show.</summary>
public sealed class LogAxis
{
    private readonly double _low;
    private readonly double _high;

    /// <summary>Covers the values with some room at both ends.</summary>
    /// <param name="valuesMs">Positive durations; others are left out.</param>
    public LogAxis(IEnumerable<double> valuesMs)
    {
        var values = valuesMs.Where(value => value > 0).DefaultIfEmpty(1).ToArray();
        _low = Math.Log10(values.Min()) - 0.06;
        _high = Math.Max(Math.Log10(values.Max()) + 0.06, _low + 0.3);
        Ticks = [.. Candidates().Where(tick => tick.At >= 0 && tick.At <= 1).Select(tick => tick.Value)];
    }

    /// <summary>Round values that lie on the axis, ascending: 1, 2 and 5 of each decade, or only 1 where there are many.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>Where a value lies, from 0 at the left end to 1 at the right.</summary>
    public double PositionOf(double valueMs) => (Math.Log10(Math.Max(valueMs, double.Epsilon)) - _low) / (_high - _low);

    private IEnumerable<(double Value, double At)> Candidates()
    {
        double[] steps = _high - _low > 2.5 ? [1] : [1, 2, 5];
        for (var decade = (int)Math.Floor(_low); decade <= (int)Math.Ceiling(_high); decade++)
        {
            foreach (var step in steps)
            {
                var value = step * Math.Pow(10, decade);
                yield return (value, PositionOf(value));
            }
        }
    }
}
