using System.Security.Cryptography;

namespace LatencyLab.Inference.Imaging;

/// <summary>What is known of an uploaded picture before any pixel is decoded.</summary>
public static class ImageFactsReader
{
    /// <summary>Reads the header and hashes the file.</summary>
    /// <param name="decoder">Reads the header.</param>
    /// <param name="encoded">The whole file.</param>
    /// <param name="name">The name that the sender gave it; for display only.</param>
    /// <exception cref="ImageRejectedException">The content is no supported picture, or breaks a limit.</exception>
    public static ImageFacts Read(IImageDecoder decoder, ReadOnlyMemory<byte> encoded, string name)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        var header = decoder.ReadHeader(encoded);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(encoded.Span));
        return new ImageFacts(name, header.Format, header.WidthPx, header.HeightPx, encoded.Length, sha256);
    }
}
