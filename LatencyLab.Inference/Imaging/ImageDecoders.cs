namespace LatencyLab.Inference.Imaging;

/// <summary>The decoder that this build was made with.</summary>
public static class ImageDecoders
{
    /// <summary>libvips, or ImageSharp when built with <c>-p:ImageDecoder=ImageSharp</c>.</summary>
    /// <param name="limits">What a picture may be at most.</param>
    public static IImageDecoder CreateDefault(ImageLimits limits) =>
#if IMAGESHARP
        new ImageSharpImageDecoder(limits);
#else
        new VipsImageDecoder(limits);
#endif
}
