namespace LatencyLab.Inference.Imaging;

/// <summary>Recognizes files by their first bytes; names and declared types are never trusted.</summary>
internal static class ImageSignature
{
    /// <summary>The format, or null when it is none of those that are decoded.</summary>
    public static EncodedFormat? Recognize(ReadOnlySpan<byte> encoded)
    {
        if (encoded.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
        {
            return EncodedFormat.Jpeg;
        }

        if (encoded.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]))
        {
            return EncodedFormat.Png;
        }

        if (encoded.Length >= 12 && encoded.StartsWith("RIFF"u8) && encoded[8..].StartsWith("WEBP"u8))
        {
            return EncodedFormat.Webp;
        }

        return encoded.StartsWith("GIF87a"u8) || encoded.StartsWith("GIF89a"u8) ? EncodedFormat.Gif : null;
    }

    /// <summary>What a file of no supported format seems to be, for the message; null when unknown.</summary>
    public static string? NameUnsupported(ReadOnlySpan<byte> encoded)
    {
        if (encoded.StartsWith("BM"u8))
        {
            return "BMP picture";
        }

        if (encoded.StartsWith("II*\0"u8) || encoded.StartsWith("MM\0*"u8))
        {
            return "TIFF picture";
        }

        if (encoded.Length >= 12 && encoded[4..].StartsWith("ftyp"u8))
        {
            return encoded[8..].StartsWith("avif"u8) ? "AVIF picture" : "HEIC picture or a video";
        }

        if (encoded.StartsWith("%PDF"u8))
        {
            return "PDF document";
        }

        var beginning = encoded[..Math.Min(encoded.Length, 512)];
        if (beginning.IndexOf("<svg"u8) >= 0)
        {
            return "SVG drawing";
        }

        return LooksLikeText(beginning) ? "text file" : null;
    }

    private static bool LooksLikeText(ReadOnlySpan<byte> beginning) =>
        !beginning.IsEmpty && beginning.IndexOfAnyInRange((byte)0x00, (byte)0x08) < 0 && beginning.IndexOfAnyInRange((byte)0x0E, (byte)0x1A) < 0
        && System.Text.Unicode.Utf8.IsValid(beginning[..^Math.Min(3, beginning.Length - 1)]);
}
