using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Imaging.Preprocessing;

namespace LatencyLab.Benchmarks;

/// <summary>The two ways from a large JPEG to the tensor of an ImageNet classifier.</summary>
internal static class Paths
{
    public static ImagePreprocessing Rule { get; } = new()
    {
        WidthPx = 224,
        HeightPx = 224,
        Resize = ResizeMode.ShortSide,
        ShortSidePx = 256,
        Mean = [0.5f, 0.5f, 0.5f],
        Std = [0.5f, 0.5f, 0.5f],
    };

    /// <summary>Full decode, then resize.</summary>
    public static ImagePreprocessor Full() => new(ImageDecoders.CreateDefault(new ImageLimits()), Rule) { ScaledDecoding = false };

    /// <summary>Decode at a reduced scale, then resize.</summary>
    public static ImagePreprocessor Scaled() => new(ImageDecoders.CreateDefault(new ImageLimits()), Rule);
}
