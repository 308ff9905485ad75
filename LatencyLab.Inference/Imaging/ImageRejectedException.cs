namespace LatencyLab.Inference.Imaging;

/// <summary>Why a picture was refused.</summary>
public enum ImageRejection
{
    /// <summary>The file has no content.</summary>
    Empty,

    /// <summary>The file is larger than <see cref="ImageLimits.MaxSizeBytes"/>.</summary>
    TooLarge,

    /// <summary>The content is none of JPEG, PNG, WebP and GIF.</summary>
    UnsupportedFormat,

    /// <summary>Width times height, or a side, is beyond the limit.</summary>
    TooManyPixels,

    /// <summary>The file ends before the picture does, or its data make no sense.</summary>
    Corrupt,
}

/// <summary>A picture was refused; the message names the problem and the fix, for people.</summary>
public sealed class ImageRejectedException(ImageRejection reason, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>The kind of problem.</summary>
    public ImageRejection Reason { get; } = reason;
}
