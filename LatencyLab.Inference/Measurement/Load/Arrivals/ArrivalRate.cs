namespace LatencyLab.Inference.Measurement.Load.Arrivals;

/// <summary>What rates a schedule takes.</summary>
internal static class ArrivalRate
{
    private const double Highest = 1_000_000;

    /// <summary>Returns a usable rate.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not above 0 and at most a million a second.</exception>
    public static double Checked(double ratePerSecond, string name) => ratePerSecond is > 0 and <= Highest
        ? ratePerSecond
        : throw new ArgumentOutOfRangeException(name, ratePerSecond, "A rate must be above 0 and at most 1,000,000 requests a second.");
}
