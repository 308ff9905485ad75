#if IMAGESHARP
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.PixelFormats;
#else
using LatencyLab.Inference.Runtime.Vips;
#endif

namespace LatencyLab.Inference.Imaging;

/// <summary>RGB pixels to JPEG, by whichever library decodes.</summary>
internal static class JpegEncoding
{
    /// <summary>Encodes pixels: R G B interleaved, rows packed.</summary>
    public static byte[] Encode(byte[] rgb, int widthPx, int heightPx, int quality)
    {
#if IMAGESHARP
        using var image = Image.LoadPixelData<Rgb24>(rgb, widthPx, heightPx);
        using var stream = new MemoryStream();
        image.SaveAsJpeg(stream, new JpegEncoder { Quality = quality });
        return stream.ToArray();
#else
        return VipsJpegWriter.Encode(rgb, widthPx, heightPx, quality);
#endif
    }
}
