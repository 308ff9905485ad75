using System.Buffers;

namespace LatencyLab.Inference.Imaging;

/// <summary>Pixels in a pooled array.</summary>
internal sealed class PooledRgbImage(int widthPx, int heightPx, int scaleDivisor) : RgbImage
{
    private byte[]? _pixels = ArrayPool<byte>.Shared.Rent(widthPx * heightPx * 3);

    /// <inheritdoc/>
    public override int WidthPx => widthPx;

    /// <inheritdoc/>
    public override int HeightPx => heightPx;

    /// <inheritdoc/>
    public override int ScaleDivisor => scaleDivisor;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Pixels => Writable;

    /// <summary>The pixels, to be filled.</summary>
    public Span<byte> Writable
    {
        get
        {
            ObjectDisposedException.ThrowIf(_pixels is null, this);
            return _pixels.AsSpan(0, widthPx * heightPx * 3);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref _pixels, null) is { } pixels)
        {
            ArrayPool<byte>.Shared.Return(pixels);
        }
    }
}
