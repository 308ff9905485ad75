namespace LatencyLab.Inference.Imaging;

/// <summary>The formats that are decoded.</summary>
internal enum EncodedFormat
{
    Jpeg,
    Png,
    Webp,
    Gif,
}

/// <summary>Names of the formats.</summary>
internal static class EncodedFormatNames
{
    /// <summary>As in <see cref="ImageHeader.Format"/>.</summary>
    public static string Id(this EncodedFormat format) => format switch
    {
        EncodedFormat.Jpeg => "jpeg",
        EncodedFormat.Png => "png",
        EncodedFormat.Webp => "webp",
        _ => "gif",
    };

    /// <summary>As people write it.</summary>
    public static string Title(this EncodedFormat format) => format switch
    {
        EncodedFormat.Jpeg => "JPEG",
        EncodedFormat.Png => "PNG",
        EncodedFormat.Webp => "WebP",
        _ => "GIF",
    };
}
