namespace LatencyLab.Inference.Measurement;

/// <summary>
/// Ratios of medians with 95 % intervals by the bootstrap over half samples: each resample takes half of the rounds, none of them twice
/// (D. Politis and J. Romano 1994). Drawing rounds several times, as the ordinary bootstrap does, makes intervals of medians too wide.
/// </summary>
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
        int[] rounds = [.. Enumerable.Range(0, numerator.Length)], others = paired ? rounds : [.. Enumerable.Range(0, denominator.Length)];
        double[] above = new double[Half(numerator.Length)], below = new double[Half(denominator.Length)], ratios = new double[Resamples];
        for (var i = 0; i < Resamples; i++)
        {
            Draw(rounds, above.Length, random);
            Pick(numerator, rounds, above);
            if (!paired)
            {
                Draw(others, below.Length, random);
            }
            Pick(denominator, others, below);
            ratios[i] = Median(above) / Median(below);
        }
        Array.Sort(ratios);
        return new Speedup(
            Median(numerator.ToArray()) / Median(denominator.ToArray()),
            [Percentile.Of(ratios, 0.025), Percentile.Of(ratios, 0.975)]);
    }

    private static int Half(int count) => Math.Max(1, count / 2);

    /// <summary>Brings a random choice of rounds to the front, none of them twice.</summary>
    private static void Draw(int[] rounds, int count, Random random)
    {
        for (var j = 0; j < count; j++)
        {
            var chosen = random.Next(j, rounds.Length);
            (rounds[j], rounds[chosen]) = (rounds[chosen], rounds[j]);
        }
    }

    private static void Pick(ReadOnlySpan<double> samples, int[] rounds, double[] picked)
    {
        for (var j = 0; j < picked.Length; j++)
        {
            picked[j] = samples[rounds[j]];
        }
    }

    private static double Median(double[] samples)
    {
        Array.Sort(samples);
        return Percentile.Of(samples, 0.5);
    }
}
