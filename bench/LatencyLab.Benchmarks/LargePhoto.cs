using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Imaging.Preprocessing;

namespace LatencyLab.Benchmarks;

/// <summary>Twelve-megapixel JPEGs, as cameras make them, from smaller pictures.</summary>
internal static class LargePhoto
{
    private const int Megapixels = 12;
    private const int Quality = 90;

    private static readonly IImageDecoder Decoder = ImageDecoders.CreateDefault(new ImageLimits());

    /// <summary>Enlarges a picture to 12 megapixels, aspect ratio kept, and encodes it as JPEG.</summary>
    public static byte[] Enlarge(byte[] encoded)
    {
        using var image = Decoder.Decode(encoded);
        return Enlarge(image.Pixels, image.WidthPx, image.HeightPx);
    }

    /// <summary>A drawn scene: soft gradients, hard edges, texture.</summary>
    public static byte[] Draw()
    {
        const int width = 1000, height = 750;
        var rgb = new byte[width * height * 3];
        var random = new Random(12);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var inside = Math.Sqrt(Math.Pow(x - 400, 2) + Math.Pow(y - 380, 2)) < 220;
                var texture = (20 * Math.Sin(x * 0.9) * Math.Cos(y * 0.7)) + random.Next(-12, 13);
                var offset = ((y * width) + x) * 3;
                rgb[offset] = Level((inside ? 190 : 60 + (x * 0.1)) + texture);
                rgb[offset + 1] = Level((inside ? 90 : 90 + (y * 0.15)) + texture);
                rgb[offset + 2] = Level((inside ? 40 : 200 - (y * 0.2)) + texture);
            }
        }

        return Enlarge(rgb, width, height);

        static byte Level(double value) => (byte)Math.Clamp(value, 0, 255);
    }

    /// <summary>The same scene in the size of a web picture.</summary>
    public static byte[] Small() => ImagePreview.Create(Decoder, Draw(), 640);

    private static byte[] Enlarge(ReadOnlySpan<byte> rgb, int widthPx, int heightPx)
    {
        var scale = Math.Sqrt(Megapixels * 1e6 / ((double)widthPx * heightPx));
        var width = (int)Math.Round(widthPx * scale);
        var height = (int)Math.Round(heightPx * scale);
        var stride = Resampler.Stride(width);
        var rows = new byte[stride * height];
        new Resampler().Resample(rgb, new(widthPx, width, 0, width), new(heightPx, height, 0, height), antialias: true, rows);
        var packed = new byte[width * height * 3];
        for (var y = 0; y < height; y++)
        {
            rows.AsSpan(y * stride, width * 3).CopyTo(packed.AsSpan(y * width * 3));
        }

        return JpegEncoding.Encode(packed, width, height, Quality);
    }
}
