using LatencyLab.Inference.Runtime.Vips;

namespace LatencyLab.Inference.Imaging;

/// <summary>Pixels in libvips' memory.</summary>
internal sealed class VipsRgbImage(int widthPx, int heightPx, int scaleDivisor, VipsPixels pixels) : RgbImage
{
    /// <inheritdoc/>
    public override int WidthPx => widthPx;

    /// <inheritdoc/>
    public override int HeightPx => heightPx;

    /// <inheritdoc/>
    public override int ScaleDivisor => scaleDivisor;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Pixels => pixels.Bytes;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            pixels.Dispose();
        }
    }
}
