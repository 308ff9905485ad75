using LatencyLab.Inference.Live;

namespace LatencyLab.Web.Components.Live;

/// <summary>The rates that the plus and minus keys step through.</summary>
public static class RateSteps
{
    private static readonly double[] Steps = [LiveRunOptions.MinRatePerSecond, 1, 2, 5, 10, 15, 20, 30, 40, 50, 60, 80, 100, 125, 150, LiveRunOptions.MaxRatePerSecond];

    /// <summary>The next higher step.</summary>
    public static double Above(double ratePerSecond) => Array.Find(Steps, step => step > ratePerSecond) is > 0 and var step ? step : Steps[^1];

    /// <summary>The next lower step.</summary>
    public static double Below(double ratePerSecond) => Array.FindLast(Steps, step => step < ratePerSecond) is > 0 and var step ? step : Steps[0];
}
