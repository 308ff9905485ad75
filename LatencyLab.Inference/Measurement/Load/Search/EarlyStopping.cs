using MathNet.Numerics.Distributions;

namespace LatencyLab.Inference.Measurement.Load.Search;

/// <summary>
/// MLPerf LoadGen's early-stopping rule: from how many requests too slow among how many in all it follows, with 99 % confidence, that a
/// percentile keeps its bound; and, the same way round, that it does not.
/// </summary>
internal static class EarlyStopping
{
    private const double Doubt = 0.01;

    /// <summary>Whether at least the share <paramref name="p"/> of all requests is within the bound; null while neither is certain.</summary>
    /// <param name="requests">Requests so far.</param>
    /// <param name="tooSlow">Those of them that took longer than the bound, failed, or could not be sent.</param>
    /// <param name="p">The percentile, for instance 0.99.</param>
    public static bool? Verdict(long requests, long tooSlow, double p)
    {
        if (requests >= Percentile.MinimumSamples(p) && AtMost(tooSlow, requests, 1 - p) <= Doubt)
        {
            return true;
        }
        // So many too slow ones would hardly ever be met if the bound were kept.
        return tooSlow > 0 && 1 - AtMost(tooSlow - 1, requests, 1 - p) <= Doubt ? false : null;
    }

    private static double AtMost(long count, long requests, double share) => Binomial.CDF(share, checked((int)requests), count);
}
