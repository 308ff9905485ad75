using System.ComponentModel.DataAnnotations;

namespace LatencyLab.Inference.Imaging;

/// <summary>What a picture may be at most; checked before any pixel is decoded. Bound from <c>LatencyLab:ImageLimits</c>.</summary>
public sealed record ImageLimits
{
    /// <summary>Largest encoded file.</summary>
    /// <value>Bytes. The default value is 20,000,000.</value>
    [Range(1024, 1_000_000_000)]
    public long MaxSizeBytes { get; init; } = 20_000_000;

    /// <summary>Largest width times height.</summary>
    /// <value>Megapixels. The default value is 50.</value>
    [Range(0.01, 1000)]
    public double MaxMegapixels { get; init; } = 50;

    /// <summary>Longest side.</summary>
    /// <value>Pixels. The default value is 16,384.</value>
    [Range(16, 65_500)]
    public int MaxSidePx { get; init; } = 16_384;
}
