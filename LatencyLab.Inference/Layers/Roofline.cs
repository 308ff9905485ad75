namespace LatencyLab.Inference.Layers;

/// <summary>
/// Holds layers against the machine's peak (S. Williams, A. Waterman, D. Patterson: Roofline, CACM 52(4), 2009): a layer can be no
/// faster than its multiply-adds at peak arithmetic, nor than its bytes at peak bandwidth.
/// </summary>
public static class Roofline
{
    private const double BillionPerMillisecond = 1e6;

    /// <summary>Adds rate, share of peak and what holds the layer back.</summary>
    /// <param name="layer">A layer with its time, multiply-adds and bytes.</param>
    /// <param name="peak">The machine's peak; null where it is unknown.</param>
    /// <remarks>
    /// The bandwidth is that of memory. A layer that is faster than its bytes at that bandwidth found them in a cache, so memory did not
    /// hold it back: it is held against arithmetic alone, and one without multiply-adds against nothing.
    /// </remarks>
    public static LayerTime Apply(LayerTime layer, MachinePeak? peak)
    {
        ArgumentNullException.ThrowIfNull(layer);
        var rate = layer is { MultiplyAdds: { } count, P50Ms: > 0 } ? count / layer.P50Ms / BillionPerMillisecond : (double?)null;
        var (share, bound) = peak is null || layer.P50Ms <= 0 ? (null, null) : ShareOf(layer, rate, peak);
        return layer with { GigaOpsPerSecond = rate, ShareOfPeak = share, Bound = bound };
    }

    private static (double? Share, LayerBound? Bound) ShareOf(LayerTime layer, double? rate, MachinePeak peak)
    {
        var arithmetic = rate / (layer.RunsInInt8 ? peak.Int8GigaMultiplyAddsPerSecond : peak.Fp32GigaMultiplyAddsPerSecond);
        var bandwidth = layer.BytesMoved / layer.P50Ms / BillionPerMillisecond / peak.MemoryGigabytesPerSecond;
        if (bandwidth is null or > 1)
        {
            return (arithmetic, arithmetic is null ? null : LayerBound.Compute);
        }
        return arithmetic >= bandwidth ? (arithmetic, LayerBound.Compute) : (bandwidth, LayerBound.Memory);
    }
}
