using MathNet.Numerics.Distributions;

namespace LatencyLab.Tests.Measurement.Histograms;

/// <summary>Durations in nanoseconds, drawn from distributions that latencies resemble.</summary>
internal static class Samples
{
    public static long[] Of(string distribution, int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (long)Draw(distribution, random))];
    }

    private static double Draw(string distribution, Random random) => distribution switch
    {
        "uniform" => 1e6 + (9e6 * random.NextDouble()),
        "exponential" => Exponential.Sample(random, 1 / 5e6),
        "lognormal" => LogNormal.Sample(random, Math.Log(2e6), 0.7),
        "heavy tail" => Pareto.Sample(random, 1e6, 1.1),
        "two peaks" => random.NextDouble() < 0.98 ? Normal.Sample(random, 3e6, 2e5) : Normal.Sample(random, 1e9, 1e7),
        "nanoseconds" => random.Next(1, 5000),
        _ => throw new ArgumentOutOfRangeException(nameof(distribution), distribution, null),
    };
}
