using LatencyLab.Inference.Measurement;

namespace LatencyLab.Web.Components.Results;

/// <summary>A speedup in words: faster, slower, or not told apart from 1.</summary>
public static class SpeedupText
{
    /// <summary>Whether the interval leaves out 1.</summary>
    public static bool IsClear(Speedup speedup) => speedup.Ci95[0] > 1 || speedup.Ci95[1] < 1;

    /// <summary>The ratio as people say it: a slowdown is turned over.</summary>
    public static string Value(Speedup speedup) => Figures.Ratio(IsSlower(speedup) ? 1 / speedup.Value : speedup.Value);

    /// <summary>The word behind the ratio.</summary>
    public static string Direction(Speedup speedup) => (IsClear(speedup), IsSlower(speedup)) switch
    {
        (false, _) => "about the same",
        (true, true) => "slower",
        _ => "faster",
    };

    /// <summary>The 95 % interval, turned over like the value.</summary>
    public static string Interval(Speedup speedup) => IsSlower(speedup)
        ? Figures.RatioInterval(1 / speedup.Ci95[1], 1 / speedup.Ci95[0])
        : Figures.RatioInterval(speedup.Ci95[0], speedup.Ci95[1]);

    private static bool IsSlower(Speedup speedup) => speedup.Value < 1;
}
