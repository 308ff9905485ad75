namespace LatencyLab.Inference.Imaging;

/// <summary>Encoded pictures to RGB pixels. Implementations are safe for concurrent use.</summary>
public interface IImageDecoder
{
    /// <summary>Name and version of the decoding library, for people.</summary>
    string Name { get; }

    /// <summary>Recognizes the format by content and reads the header; decodes no pixel.</summary>
    /// <param name="encoded">The whole file.</param>
    /// <exception cref="ImageRejectedException">The content is no supported picture, or breaks a limit of <see cref="ImageLimits"/>.</exception>
    ImageHeader ReadHeader(ReadOnlyMemory<byte> encoded);

    /// <summary>
    /// Decodes the picture to 8-bit RGB: upright by its EXIF orientation, grey replicated, CMYK and 16-bit converted,
    /// transparent parts on white. Checks the header's limits first.
    /// </summary>
    /// <param name="encoded">The whole file.</param>
    /// <param name="minimumShortSidePx">
    /// The picture may be decoded at a reduced scale (JPEG 1/2, 1/4, 1/8) as long as its short side keeps at least this length in
    /// pixels; 0 asks for full size.
    /// </param>
    /// <exception cref="ImageRejectedException">The content is no supported picture, breaks a limit, or is truncated or corrupt.</exception>
    RgbImage Decode(ReadOnlyMemory<byte> encoded, int minimumShortSidePx = 0);
}
