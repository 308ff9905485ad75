using System.Globalization;

namespace LatencyLab.Inference.Imaging;

/// <summary>The checks that every decoder makes, in the order of refusal, and their messages.</summary>
internal static class ImageAdmission
{
    /// <summary>Size in bytes, then format by content.</summary>
    /// <exception cref="ImageRejectedException">Empty, too large, or of no supported format.</exception>
    public static EncodedFormat CheckBytes(ReadOnlySpan<byte> encoded, ImageLimits limits)
    {
        if (encoded.IsEmpty)
        {
            throw new ImageRejectedException(ImageRejection.Empty, "The file is empty. Choose a JPEG, PNG, WebP or GIF picture.");
        }

        if (encoded.Length > limits.MaxSizeBytes)
        {
            throw new ImageRejectedException(
                ImageRejection.TooLarge,
                Text($"The file has {encoded.Length / 1e6:0.0} MB; at most {limits.MaxSizeBytes / 1e6:0.#} MB are accepted. Save it smaller or at a lower quality."));
        }

        if (ImageSignature.Recognize(encoded) is { } format)
        {
            return format;
        }

        var seems = ImageSignature.NameUnsupported(encoded) is { } name ? $"The file is a {name}" : "The file is no picture that is known here";
        throw new ImageRejectedException(
            ImageRejection.UnsupportedFormat, $"{seems}; JPEG, PNG, WebP and GIF are accepted, whatever the file is called. Convert it to one of these.");
    }

    /// <summary>Sides, then area.</summary>
    /// <exception cref="ImageRejectedException">Beyond a limit.</exception>
    public static void CheckDimensions(int widthPx, int heightPx, ImageLimits limits)
    {
        var megapixels = (double)widthPx * heightPx / 1e6;
        if (widthPx > limits.MaxSidePx || heightPx > limits.MaxSidePx)
        {
            throw new ImageRejectedException(
                ImageRejection.TooManyPixels,
                Text($"The picture is {widthPx:N0} × {heightPx:N0} pixels; a side may have at most {limits.MaxSidePx:N0}. Scale it down first."));
        }

        if (megapixels > limits.MaxMegapixels)
        {
            throw new ImageRejectedException(
                ImageRejection.TooManyPixels,
                Text($"The picture has {megapixels:0.#} megapixels ({widthPx:N0} × {heightPx:N0}); at most {limits.MaxMegapixels:0.##} are accepted. Scale it down first."));
        }
    }

    /// <summary>The data end early or make no sense.</summary>
    /// <param name="format">The format that the file claims to be.</param>
    /// <param name="cause">What the decoding library said; for logs.</param>
    public static ImageRejectedException Corrupt(EncodedFormat format, Exception cause) =>
        new(ImageRejection.Corrupt, $"The {format.Title()} picture is truncated or damaged. Export or download it again.", cause);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
