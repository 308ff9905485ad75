namespace LatencyLab.Inference.Layers;

/// <summary>A layer profile in a few figures: how far the whole variant is from what the machine allows.</summary>
/// <param name="Int8Share">Share of the layers' time that is spent in INT8, 0 to 1.</param>
/// <param name="ShareOfPeak">
/// The shortest time that the roofline allows the measured layers over the time they take, 0 to about 1; null where the peak is unknown.
/// </param>
/// <param name="AttainableMs">That shortest time plus the time of layers without a roof, in milliseconds; null where the peak is unknown.</param>
/// <param name="ComputeBoundShare">Share of the time in layers that compute holds back, 0 to 1; null where the peak is unknown.</param>
public sealed record LayerSummary(double Int8Share, double? ShareOfPeak, double? AttainableMs, double? ComputeBoundShare)
{
    /// <summary>Sums a profile up.</summary>
    public static LayerSummary Of(LayerProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        var totalMs = profile.Layers.Sum(layer => layer.P50Ms);
        if (totalMs <= 0)
        {
            return new(0, null, null, null);
        }
        var int8 = profile.Layers.Where(layer => layer.RunsInInt8).Sum(layer => layer.P50Ms) / totalMs;
        var roofed = profile.Layers.Where(layer => layer.ShareOfPeak is not null).ToArray();
        var roofedMs = roofed.Sum(layer => layer.P50Ms);
        if (roofedMs <= 0)
        {
            return new(int8, null, null, null);
        }
        // A layer cannot be faster than its roof; what says so was cut down to whole microseconds.
        var roofMs = roofed.Sum(layer => layer.P50Ms * Math.Min(1, layer.ShareOfPeak!.Value));
        return new(
            int8, roofMs / roofedMs, totalMs - roofedMs + roofMs,
            roofed.Where(layer => layer.Bound == LayerBound.Compute).Sum(layer => layer.P50Ms) / totalMs);
    }
}
