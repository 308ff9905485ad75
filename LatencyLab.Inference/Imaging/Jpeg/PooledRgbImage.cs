using System.Buffers;

namespace LatencyLab.Inference.Imaging.Jpeg;

/// <summary>Pixels in a pooled array.</summary>
internal sealed class PooledRgbImage : RgbImage
{
    private readonly int _widthPx;
    private readonly int _heightPx;
    private byte[]? _pixels;

    private PooledRgbImage(int widthPx, int heightPx)
    {
        (_widthPx, _heightPx) = (widthPx, heightPx);
        _pixels = ArrayPool<byte>.Shared.Rent(widthPx * heightPx * 3);
    }

    /// <inheritdoc/>
    public override int WidthPx => _widthPx;

    /// <inheritdoc/>
    public override int HeightPx => _heightPx;

    /// <inheritdoc/>
    public override int ScaleDivisor => EighthScaleJpeg.Divisor;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Pixels
    {
        get
        {
            ObjectDisposedException.ThrowIf(_pixels is null, this);
            return _pixels.AsSpan(0, _widthPx * _heightPx * 3);
        }
    }

    /// <summary>Converts planes of luma (and chroma) to RGB, turned upright on the way.</summary>
    public static PooledRgbImage FromPlanes(
        ReadOnlySpan<byte> planes, int plane, int stride, int widthPx, int heightPx, bool colour, int orientation)
    {
        var image = orientation >= 5 ? new PooledRgbImage(heightPx, widthPx) : new PooledRgbImage(widthPx, heightPx);
        var (first, right, down) = Steps(orientation, image._widthPx, image._heightPx);
        Span<byte> pixels = image._pixels;
        for (var y = 0; y < heightPx; y++)
        {
            var target = (first + (y * down)) * 3;
            for (var x = 0; x < widthPx; x++, target += right * 3)
            {
                var place = (y * stride) + x;
                int luma = planes[place];
                if (!colour)
                {
                    pixels[target] = pixels[target + 1] = pixels[target + 2] = (byte)luma;
                    continue;
                }

                // ITU-R BT.601 at full range, as JFIF has it, in units of 2^-16.
                var (blue, red) = (planes[plane + place] - 128, planes[(2 * plane) + place] - 128);
                pixels[target] = Clamp(luma + (((91881 * red) + 32768) >> 16));
                pixels[target + 1] = Clamp(luma + (((-22554 * blue) - (46802 * red) + 32768) >> 16));
                pixels[target + 2] = Clamp(luma + (((116130 * blue) + 32768) >> 16));
            }
        }

        return image;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (_pixels is { } pixels)
        {
            _pixels = null;
            ArrayPool<byte>.Shared.Return(pixels);
        }
    }

    /// <summary>Where the stored picture's first pixel goes in the upright one, and how far a step right or down in the stored picture leads.</summary>
    private static (int First, int Right, int Down) Steps(int orientation, int width, int height)
    {
        var last = (width * height) - 1;
        return orientation switch
        {
            2 => (width - 1, -1, width),
            3 => (last, -1, -width),
            4 => (last - width + 1, 1, -width),
            5 => (0, width, 1),
            6 => (width - 1, width, -1),
            7 => (last, -width, -1),
            8 => (last - width + 1, -width, 1),
            _ => (0, 1, width),
        };
    }

    private static byte Clamp(int value) => (byte)Math.Clamp(value, 0, 255);
}
