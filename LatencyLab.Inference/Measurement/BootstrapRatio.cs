namespace LatencyLab.Inference.Measurement;

/// <summary>Ratios of medians with percentile-bootstrap 95 % intervals.</summary>
public static class BootstrapRatio
{
    private const int Resamples = 1000;

    /// <summary>Ratio over paired rounds: whole rounds are resampled, so that what disturbed both sides cancels.</summary>
    /// <param name="numerator">One sample a round, for instance the control's.</param>
    /// <param name="denominator">The same rounds of the other variant.</param>
    /// <param name="seed">Makes the interval reproducible.</param>
    /// <exception cref="ArgumentException">The two series differ in length or are empty.</exception>
    public static Speedup Paired(ReadOnlySpan<double> numerator, ReadOnlySpan<double> denominator, int seed = 1)
    {
        if (numerator.Length != denominator.Length)
        {
            throw new ArgumentException("Paired series must have the same length.");
        }
        return Of(numerator, denominator, paired: true, seed);
    }

    /// <summary>Ratio over two series of different rounds: each side is resampled by itself.</summary>
    /// <param name="numerator">Samples of one condition.</param>
    /// <param name="denominator">Samples of the other.</param>
    /// <param name="seed">Makes the interval reproducible.</param>
    /// <exception cref="ArgumentException">A series is empty.</exception>
    public static Speedup Unpaired(ReadOnlySpan<double> numerator, ReadOnlySpan<double> denominator, int seed = 1) =>
        Of(numerator, denominator, paired: false, seed);

    private static Speedup Of(ReadOnlySpan<double> numerator, ReadOnlySpan<double> denominator, bool paired, int seed)
    {
        if (numerator.IsEmpty || denominator.IsEmpty)
        {
            throw new ArgumentException("A ratio needs at least one sample on each side.");
        }
        var random = new Random(seed);
        double[] above = new double[numerator.Length], below = new double[denominator.Length], ratios = new double[Resamples];
        for (var i = 0; i < Resamples; i++)
        {
            Resample(numerator, denominator, above, below, paired, random);
            ratios[i] = Median(above) / Median(below);
        }
        Array.Sort(ratios);
        return new Speedup(
            Median(numerator.ToArray()) / Median(denominator.ToArray()),
            [Percentile.Of(ratios, 0.025), Percentile.Of(ratios, 0.975)]);
    }

    private static void Resample(
        ReadOnlySpan<double> numerator, ReadOnlySpan<double> denominator, double[] above, double[] below, bool paired, Random random)
    {
        for (var j = 0; j < above.Length; j++)
        {
            var round = random.Next(above.Length);
            above[j] = numerator[round];
            if (paired)
            {
                below[j] = denominator[round];
            }
        }
        for (var j = 0; !paired && j < below.Length; j++)
        {
            below[j] = denominator[random.Next(below.Length)];
        }
    }

    private static double Median(double[] samples)
    {
        Array.Sort(samples);
        return Percentile.Of(samples, 0.5);
    }
}
