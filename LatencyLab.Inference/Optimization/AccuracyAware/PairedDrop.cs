namespace LatencyLab.Inference.Optimization.AccuracyAware;

/// <summary>How many pictures a quantized model gets worse and better than the float model, picture by picture.</summary>
/// <param name="Pictures">Pictures that both were run on; at least 1.</param>
/// <param name="Lost">Pictures that only the float model answers right; or, without labels, that both answer differently.</param>
/// <param name="Gained">Pictures that only the quantized model answers right; null without labels, where nothing can be gained.</param>
internal readonly record struct PairedDrop(int Pictures, int Lost, int? Gained)
{
    // The standard normal's 97.5 % quantile.
    private const double Z = 1.959963984540054;

    /// <summary>The drop in percentage points; below 0 where the quantized model is the better one.</summary>
    public double Points => 100.0 * (Lost - (Gained ?? 0)) / Pictures;

    /// <summary>The drop's 95 % interval, in percentage points.</summary>
    /// <remarks>
    /// Matched pairs: A. Agresti and Y. Min, "Simple improved confidence intervals for comparing matched proportions" (2005), half a
    /// picture added to each of the four kinds. Disagreements: E. B. Wilson's score interval (1927).
    /// </remarks>
    public (double Low, double High) Interval() => Gained is { } gained ? OfPairs(gained) : OfShare();

    private (double Low, double High) OfPairs(int gained)
    {
        var total = Pictures + 2.0;
        var (lost, won) = (Lost + 0.5, gained + 0.5);
        var difference = (lost - won) / total;
        var margin = Z * Math.Sqrt(lost + won - ((lost - won) * (lost - won) / total)) / total;
        return (100 * (difference - margin), 100 * (difference + margin));
    }

    private (double Low, double High) OfShare()
    {
        var (n, share) = ((double)Pictures, (double)Lost / Pictures);
        var centre = (share + (Z * Z / (2 * n))) / (1 + (Z * Z / n));
        var margin = Z / (1 + (Z * Z / n)) * Math.Sqrt((share * (1 - share) / n) + (Z * Z / (4 * n * n)));
        return (100 * Math.Max(0, centre - margin), 100 * (centre + margin));
    }
}
