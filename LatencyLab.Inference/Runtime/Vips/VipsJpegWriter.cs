namespace LatencyLab.Inference.Runtime.Vips;

/// <summary>Encodes JPEG, so that benchmarks and tests can make pictures of any size.</summary>
internal static unsafe class VipsJpegWriter
{
    /// <summary>Encodes pixels as baseline JPEG.</summary>
    /// <param name="rgb">R G B interleaved, rows packed.</param>
    /// <param name="widthPx">Width in pixels.</param>
    /// <param name="heightPx">Height in pixels.</param>
    /// <param name="quality">1 to 100.</param>
    /// <exception cref="VipsException">The pixels cannot be encoded.</exception>
    public static byte[] Encode(ReadOnlySpan<byte> rgb, int widthPx, int heightPx, int quality)
    {
        VipsLibrary.EnsureInitialized();
        fixed (byte* pixels = rgb)
        {
            using var image = new VipsImageHandle(
                VipsNative.NewImageFromMemory(pixels, (nuint)rgb.Length, widthPx, heightPx, 3, (int)VipsBandFormat.UChar));
            if (image.IsInvalid)
            {
                throw VipsException.FromErrorBuffer("take the pixels");
            }

            return new VipsOperation("jpegsave_buffer"u8).Set("in"u8, image).Set("Q"u8, quality).BuildBytes();
        }
    }
}
