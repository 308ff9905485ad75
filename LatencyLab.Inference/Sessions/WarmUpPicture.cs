using LatencyLab.Inference.Imaging;

namespace LatencyLab.Inference.Sessions;

/// <summary>The picture that variants are warmed with: a drawn JPEG of a web photo's size, so that the whole pipeline warms up.</summary>
public static class WarmUpPicture
{
    /// <summary>What results call it.</summary>
    public const string Name = "drawn, 640 × 480";

    private const int WidthPx = 640;
    private const int HeightPx = 480;
    private const int Quality = 85;

    private static readonly Lazy<byte[]> Drawn = new(Draw);

    /// <summary>The encoded file.</summary>
    public static ReadOnlyMemory<byte> Encoded => Drawn.Value;

    private static byte[] Draw()
    {
        var rgb = new byte[3 * WidthPx * HeightPx];
        for (var y = 0; y < HeightPx; y++)
        {
            for (var x = 0; x < WidthPx; x++)
            {
                var pixel = 3 * ((y * WidthPx) + x);
                // Gradients with some texture: flat areas would decode faster than any photo.
                rgb[pixel] = (byte)((255 * x / WidthPx) ^ (x * y % 23));
                rgb[pixel + 1] = (byte)((255 * y / HeightPx) ^ ((x + y) % 19));
                rgb[pixel + 2] = (byte)(128 ^ (x * 7 % 31));
            }
        }
        return JpegEncoding.Encode(rgb, WidthPx, HeightPx, Quality);
    }
}
