namespace LatencyLab.Inference.Imaging.Jpeg;

/// <summary>The colour transform of JPEG files (ITU-T T.871), in 16-bit fixed point.</summary>
internal static class YCbCr
{
    private const int Half = 1 << 15;

    /// <summary>Writes R, G, B.</summary>
    public static void ToRgb(int y, int cb, int cr, Span<byte> rgb)
    {
        (cb, cr) = (cb - 128, cr - 128);
        rgb[2] = Level(y + (((116130 * cb) + Half) >> 16));
        rgb[1] = Level(y + (((-22554 * cb) - (46802 * cr) + Half) >> 16));
        rgb[0] = Level(y + (((91881 * cr) + Half) >> 16));
    }

    private static byte Level(int value) => (byte)Math.Clamp(value, 0, 255);
}
