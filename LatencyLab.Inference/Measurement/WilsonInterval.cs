namespace LatencyLab.Inference.Measurement;

/// <summary>
/// How sure a share that was counted is: the score interval of E. B. Wilson, Probable Inference, the Law of Succession, and Statistical
/// Inference, JASA 22 (1927). Unlike the usual one it stays within 0 and 1, and holds for few samples and for shares near either end.
/// </summary>
public static class WilsonInterval
{
    /// <summary>The normal distribution's 97.5th percentile.</summary>
    private const double Z = 1.959963984540054;

    /// <summary>The 95 % interval of a share.</summary>
    /// <param name="hits">Samples that count, 0 to <paramref name="samples"/>.</param>
    /// <param name="samples">All samples, 1 or more.</param>
    /// <returns>Lower and upper end, 0 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is out of its range.</exception>
    public static IReadOnlyList<double> Of(int hits, int samples)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(samples);
        ArgumentOutOfRangeException.ThrowIfNegative(hits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hits, samples);
        double n = samples;
        var share = hits / n;
        var centre = (share + Z * Z / (2 * n)) / (1 + Z * Z / n);
        var half = Z / (1 + Z * Z / n) * Math.Sqrt(share * (1 - share) / n + Z * Z / (4 * n * n));
        return [Math.Max(0, centre - half), Math.Min(1, centre + half)];
    }
}
