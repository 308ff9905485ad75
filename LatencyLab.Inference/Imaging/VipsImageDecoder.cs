using LatencyLab.Inference.Imaging.Jpeg;
using LatencyLab.Inference.Runtime.Vips;

namespace LatencyLab.Inference.Imaging;

/// <summary>Decodes with libvips: streaming, scaled decoding of JPEG, and loaders that are fuzzed in public.</summary>
/// <param name="limits">What a picture may be at most.</param>
public sealed class VipsImageDecoder(ImageLimits limits) : IImageDecoder
{
    /// <inheritdoc/>
    public string Name { get; } = $"libvips {VipsLibrary.Version}";

    /// <inheritdoc/>
    public ImageHeader ReadHeader(ReadOnlyMemory<byte> encoded)
    {
        var format = ImageAdmission.CheckBytes(encoded.Span, limits);
        using var source = new VipsSource(encoded);
        try
        {
            using var image = Open(format, source);
            var swapped = image.Orientation >= 5;
            return new ImageHeader(format.Id(), swapped ? image.HeightPx : image.WidthPx, swapped ? image.WidthPx : image.HeightPx);
        }
        catch (VipsException exception)
        {
            throw ImageAdmission.Corrupt(format, exception);
        }
    }

    /// <inheritdoc/>
    public RgbImage Decode(ReadOnlyMemory<byte> encoded, int minimumShortSidePx = 0)
    {
        var format = ImageAdmission.CheckBytes(encoded.Span, limits);
        using var source = new VipsSource(encoded);
        try
        {
            int divisor;
            int orientation;
            using (var header = Open(format, source))
            {
                divisor = format == EncodedFormat.Jpeg ? ScaledDecoding.Divisor(header.WidthPx, header.HeightPx, minimumShortSidePx) : 1;
                orientation = header.Orientation;
                if (divisor == 1 && orientation <= 1)
                {
                    return ToRgb(header, divisor);
                }
            }

            if (divisor == EighthScaleJpeg.Divisor && EighthScaleJpeg.TryDecode(encoded.Span, orientation) is { } eighth)
            {
                return eighth;
            }

            // Turning reads columns, which a loader that streams from top to bottom cannot serve.
            var turned = orientation > 1;
            using var image = VipsImage.Load(LoaderOf(format), source, FailOn, inMemory: turned, divisor);
            if (!turned)
            {
                return ToRgb(image, divisor);
            }

            using var upright = image.Upright();
            return ToRgb(upright, divisor);
        }
        catch (VipsException exception)
        {
            throw ImageAdmission.Corrupt(format, exception);
        }
    }

    // One level stricter than "truncated" for PNG checksums, one milder than "warning", which refuses intact pictures of real cameras.
    private const VipsFailOn FailOn = VipsFailOn.Error;

    private static ReadOnlySpan<byte> LoaderOf(EncodedFormat format) => format switch
    {
        EncodedFormat.Jpeg => "jpegload_buffer"u8,
        EncodedFormat.Png => "pngload_buffer"u8,
        EncodedFormat.Webp => "webpload_buffer"u8,
        _ => "gifload_buffer"u8,
    };

    private VipsImage Open(EncodedFormat format, VipsSource source)
    {
        var image = VipsImage.Load(LoaderOf(format), source, FailOn, inMemory: false);
        try
        {
            ImageAdmission.CheckDimensions(image.WidthPx, image.HeightPx, limits);
            return image;
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    private static VipsRgbImage ToRgb(VipsImage image, int divisor)
    {
        using var colour = ToSrgb(image);
        using var opaque = colour.HasAlpha ? colour.OnWhite() : colour.Same();
        var pixels = opaque.WritePixels();
        if (opaque.Interpretation == VipsInterpretation.Cmyk)
        {
            pixels.InksToRgb();
        }

        if (pixels.Bytes.Length != (long)opaque.WidthPx * opaque.HeightPx * 3)
        {
            pixels.Dispose();
            throw new NotSupportedException($"libvips gave {opaque.Bands} bands of {opaque.Format} instead of 8-bit RGB.");
        }

        return new VipsRgbImage(opaque.WidthPx, opaque.HeightPx, divisor, pixels);
    }

    private static VipsImage ToSrgb(VipsImage image)
    {
        if (image.Interpretation == VipsInterpretation.Cmyk && image.Bands == 4)
        {
            return InksByProfile(image);
        }

        // Profiles of RGB pictures are left aside, as in the reference preprocessing of the models.
        return image.Interpretation == VipsInterpretation.Srgb && image.Format == VipsBandFormat.UChar ? image.Same() : image.ToSrgb();
    }

    private static VipsImage InksByProfile(VipsImage image)
    {
        if (!image.HasProfile)
        {
            return image.Same();
        }

        try
        {
            return image.ByEmbeddedProfile();
        }
        catch (VipsException)
        {
            // A broken profile is no reason to refuse the picture: it counts as none.
            return image.Same();
        }
    }
}
