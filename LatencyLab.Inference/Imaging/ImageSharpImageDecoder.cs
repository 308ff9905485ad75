using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Gif;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.Memory;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

namespace LatencyLab.Inference.Imaging;

/// <summary>Decodes with ImageSharp, all of it managed code. Compiled with <c>-p:ImageDecoder=ImageSharp</c>; always decodes at full size.</summary>
/// <param name="limits">What a picture may be at most.</param>
public sealed class ImageSharpImageDecoder(ImageLimits limits) : IImageDecoder
{
    private static readonly DecoderOptions Options = new()
    {
        Configuration = new Configuration(
            new JpegConfigurationModule(), new PngConfigurationModule(), new WebpConfigurationModule(), new GifConfigurationModule()),
        MaxFrames = 1,
    };

    /// <inheritdoc/>
    public string Name { get; } = $"ImageSharp {typeof(Image).Assembly.GetName().Version?.ToString(3)}";

    /// <inheritdoc/>
    public ImageHeader ReadHeader(ReadOnlyMemory<byte> encoded)
    {
        var format = ImageAdmission.CheckBytes(encoded.Span, limits);
        var info = Refusing(format, () => Image.Identify(Options, encoded.Span));
        ImageAdmission.CheckDimensions(info.Width, info.Height, limits);
        return IsOnItsSide(info) ? new(format.Id(), info.Height, info.Width) : new(format.Id(), info.Width, info.Height);
    }

    /// <inheritdoc/>
    public RgbImage Decode(ReadOnlyMemory<byte> encoded, int minimumShortSidePx = 0)
    {
        ReadHeader(encoded);
        var format = ImageAdmission.CheckBytes(encoded.Span, limits);
        using var image = Refusing(format, () => Image.Load<Rgba32>(Options, encoded.Span));
        image.Mutate(context => context.AutoOrient().BackgroundColor(Color.White));
        using var rgb = image.CloneAs<Rgb24>();
        var pixels = new byte[rgb.Width * rgb.Height * 3];
        rgb.CopyPixelDataTo(pixels);
        return new ManagedRgbImage(rgb.Width, rgb.Height, pixels);
    }

    private static T Refusing<T>(EncodedFormat format, Func<T> decode)
    {
        try
        {
            return decode();
        }
        catch (Exception error) when (error is ImageFormatException or NotSupportedException or InvalidMemoryOperationException)
        {
            throw ImageAdmission.Corrupt(format, error);
        }
    }

    private static bool IsOnItsSide(ImageInfo info) =>
        info.Metadata.ExifProfile is { } exif && exif.TryGetValue(ExifTag.Orientation, out var orientation) && orientation.Value >= 5;

    private sealed class ManagedRgbImage(int widthPx, int heightPx, byte[] pixels) : RgbImage
    {
        public override int WidthPx => widthPx;

        public override int HeightPx => heightPx;

        public override ReadOnlySpan<byte> Pixels => pixels;

        protected override void Dispose(bool disposing)
        {
        }
    }
}
