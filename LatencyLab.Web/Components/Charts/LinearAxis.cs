namespace LatencyLab.Web.Components.Charts;

/// <summary>An axis from 0 to a round value, with evenly spaced round values on it.</summary>
public sealed class LinearAxis
{
    private const int FewestSteps = 4;
    private readonly double _high;

    /// <summary>Covers 0 and the values.</summary>
    /// <param name="values">Values at or above 0; others are left out.</param>
    public LinearAxis(IEnumerable<double> values)
    {
        var highest = values.Where(double.IsFinite).Where(value => value > 0).DefaultIfEmpty(1).Max();
        var step = Step(highest / FewestSteps);
        var steps = (int)Math.Ceiling((highest / step) - 1e-9);
        _high = steps * step;
        Ticks = [.. Enumerable.Range(0, steps + 1).Select(index => index * step)];
    }

    /// <summary>Round values on the axis, ascending from 0.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>Where a value lies, from 0 at the low end to 1 at the high one.</summary>
    public double PositionOf(double value) => value / _high;

    /// <summary>The largest of 1, 2 and 5 of a decade that is no larger than this.</summary>
    private static double Step(double largest)
    {
        var decade = Math.Pow(10, Math.Floor(Math.Log10(largest)));
        return (largest / decade) switch { >= 5 => 5, >= 2 => 2, _ => 1 } * decade;
    }
}
