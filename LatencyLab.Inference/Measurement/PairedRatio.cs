namespace LatencyLab.Inference.Measurement;

/// <summary>Ratio of medians over paired rounds, with a percentile-bootstrap interval that resamples whole rounds.</summary>
public static class PairedRatio
{
    private const int Resamples = 1000;

    /// <summary>Median of <paramref name="numerator"/> over median of <paramref name="denominator"/>.</summary>
    /// <param name="numerator">One sample a round, for instance the control's.</param>
    /// <param name="denominator">The same rounds of the other variant.</param>
    /// <param name="seed">Makes the interval reproducible.</param>
    /// <exception cref="ArgumentException">The two series differ in length or are empty.</exception>
    public static Speedup Of(ReadOnlySpan<double> numerator, ReadOnlySpan<double> denominator, int seed = 1)
    {
        if (numerator.Length != denominator.Length || numerator.IsEmpty)
        {
            throw new ArgumentException("Paired series must have the same length, at least one round.");
        }
        var random = new Random(seed);
        var count = numerator.Length;
        double[] above = new double[count], below = new double[count], ratios = new double[Resamples];
        for (var i = 0; i < Resamples; i++)
        {
            for (var j = 0; j < count; j++)
            {
                var round = random.Next(count);
                above[j] = numerator[round];
                below[j] = denominator[round];
            }
            ratios[i] = Median(above) / Median(below);
        }
        Array.Sort(ratios);
        return new Speedup(
            Median(numerator.ToArray()) / Median(denominator.ToArray()),
            [Percentile.Of(ratios, 0.025), Percentile.Of(ratios, 0.975)]);
    }

    private static double Median(double[] samples)
    {
        Array.Sort(samples);
        return Percentile.Of(samples, 0.5);
    }
}
