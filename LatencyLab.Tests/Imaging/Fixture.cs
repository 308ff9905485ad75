using LatencyLab.Inference.Imaging;

namespace LatencyLab.Tests.Imaging;

/// <summary>Pictures drawn by Fixtures/make_fixtures.py, and their pixels as Pillow sees them.</summary>
internal static class Fixture
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Imaging", "Fixtures");

    public static IImageDecoder Decoder { get; } = ImageDecoders.CreateDefault(new ImageLimits());

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Folder, name));

    public static Pixels Decode(string name) => Decode(Bytes(name));

    public static Pixels Decode(byte[] encoded, int minimumShortSidePx = 0)
    {
        using var image = Decoder.Decode(encoded, minimumShortSidePx);
        return new Pixels(image.WidthPx, image.HeightPx, image.Pixels.ToArray());
    }
}
