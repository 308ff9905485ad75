using LatencyLab.Inference.Imaging.Preprocessing;

namespace LatencyLab.Inference.Imaging;

/// <summary>
/// A small copy of a picture for showing it again: decoded and encoded anew, so that nothing but pixels (no location, no hidden payload)
/// of the original comes back.
/// </summary>
public static class ImagePreview
{
    private const int Quality = 82;

    /// <summary>Makes a JPEG whose longer side has at most <paramref name="maxSidePx"/> pixels.</summary>
    /// <param name="decoder">Decodes the picture.</param>
    /// <param name="encoded">The whole file.</param>
    /// <param name="maxSidePx">Pixels, at least 16.</param>
    /// <exception cref="ImageRejectedException">The picture cannot be decoded.</exception>
    public static byte[] Create(IImageDecoder decoder, ReadOnlyMemory<byte> encoded, int maxSidePx)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxSidePx, 16);
        using var image = decoder.Decode(encoded, maxSidePx);
        var scale = Math.Min(1, (double)maxSidePx / Math.Max(image.WidthPx, image.HeightPx));
        if (scale == 1)
        {
            return JpegEncoding.Encode(image.Pixels.ToArray(), image.WidthPx, image.HeightPx, Quality);
        }
        var width = Math.Max(1, (int)Math.Round(scale * image.WidthPx));
        var height = Math.Max(1, (int)Math.Round(scale * image.HeightPx));
        return JpegEncoding.Encode(Shrink(image, width, height), width, height, Quality);
    }

    private static byte[] Shrink(RgbImage image, int width, int height)
    {
        var rule = new ImagePreprocessing { WidthPx = width, HeightPx = height, Resize = ResizeMode.Stretch, Mean = [0, 0, 0], Std = [1, 1, 1] };
        var (horizontal, vertical) = ResampledAxis.For(rule, image.WidthPx, image.HeightPx, image.ScaleDivisor);
        var stride = Resampler.Stride(width);
        var padded = new byte[stride * height];
        new Resampler().Resample(image.Pixels, horizontal, vertical, antialias: true, padded);
        var packed = new byte[3 * width * height];
        for (var row = 0; row < height; row++)
        {
            padded.AsSpan(row * stride, 3 * width).CopyTo(packed.AsSpan(row * 3 * width));
        }
        return packed;
    }
}
