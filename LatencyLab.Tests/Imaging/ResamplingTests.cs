using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Imaging.Preprocessing;
using LatencyLab.Inference.Measurement;

namespace LatencyLab.Tests.Imaging;

/// <summary>The expected pixels were computed by Pillow: <c>resize(size, BILINEAR)</c>, then <c>crop</c>.</summary>
public class ResamplingTests
{
    public static TheoryData<string> Sources => ["wide", "tall", "tiny", "strip"];

    [Theory]
    [MemberData(nameof(Sources))]
    public void ShortSide_SquareCrop_EqualsPillow(string source) =>
        Resample(source, 40, 40, ResizeMode.ShortSide, 48).ShouldEqual(Fixture.Decode($"source-{source}.short48-crop40x40.png"));

    [Theory]
    [MemberData(nameof(Sources))]
    public void ShortSide_OblongCrop_EqualsPillow(string source) =>
        Resample(source, 33, 21, ResizeMode.ShortSide, 37).ShouldEqual(Fixture.Decode($"source-{source}.short37-crop33x21.png"));

    [Theory]
    [MemberData(nameof(Sources))]
    public void Stretch_ToSquare_EqualsPillow(string source) =>
        Resample(source, 32, 32, ResizeMode.Stretch).ShouldEqual(Fixture.Decode($"source-{source}.stretch32x32.png"));

    [Theory]
    [MemberData(nameof(Sources))]
    public void Stretch_ShrinkingOneAxisAndEnlargingTheOther_EqualsPillow(string source) =>
        Resample(source, 7, 50, ResizeMode.Stretch).ShouldEqual(Fixture.Decode($"source-{source}.stretch7x50.png"));

    [Fact]
    public void Resampler_UsedForManySizesInTurn_GivesWhatAFreshOneGives()
    {
        var shared = Preprocessor(32, 32, ResizeMode.Stretch);
        foreach (var source in new[] { "wide", "tiny", "strip", "wide", "tall", "tiny" })
        {
            var picture = Fixture.Decode($"source-{source}.png");
            var expected = new float[3 * 32 * 32];
            Preprocessor(32, 32, ResizeMode.Stretch).Process(picture.Rgb, picture.WidthPx, picture.HeightPx, expected, Clock());
            var actual = new float[3 * 32 * 32];
            shared.Process(picture.Rgb, picture.WidthPx, picture.HeightPx, actual, Clock());
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public void Stretch_WithoutAntialias_ReadsOnlyTheNearestPixels()
    {
        // Every fourth column is white. Between source columns 1 and 2 of each four, nothing white is near; with antialiasing all is grey.
        var stripes = new Pixels(16, 4, [.. Enumerable.Range(0, 64).SelectMany(index => Enumerable.Repeat((byte)(index % 4 == 0 ? 255 : 0), 3))]);
        Assert.All(Resample(stripes, 4, 4, ResizeMode.Stretch, antialias: false).Rgb, value => Assert.Equal(0, value));
        Assert.All(Resample(stripes, 4, 4, ResizeMode.Stretch, antialias: true).Rgb, value => Assert.InRange(value, 20, 110));
    }

    [Fact]
    public void Picture_OfExactlyTheModelsSize_IsNotResampled()
    {
        var picture = Pixels.Pattern(40, 40);
        Resample(picture, 40, 40, ResizeMode.ShortSide, 48).ShouldEqual(picture);
    }

    private static Pixels Resample(string source, int width, int height, ResizeMode mode, int shortSide = 0) =>
        Resample(Fixture.Decode($"source-{source}.png"), width, height, mode, shortSide);

    /// <summary>Mean 0 and deviation 1/255 make the tensor hold the grey levels themselves.</summary>
    private static Pixels Resample(Pixels picture, int width, int height, ResizeMode mode, int shortSide = 0, bool antialias = true)
    {
        var tensor = new float[3 * width * height];
        Preprocessor(width, height, mode, shortSide, antialias).Process(picture.Rgb, picture.WidthPx, picture.HeightPx, tensor, Clock());
        var rgb = new byte[tensor.Length];
        for (var index = 0; index < rgb.Length; index++)
        {
            rgb[index] = (byte)MathF.Round(tensor[(index % 3 * width * height) + (index / 3)]);
        }

        return new Pixels(width, height, rgb);
    }

    private static ImagePreprocessor Preprocessor(int width, int height, ResizeMode mode, int shortSide = 0, bool antialias = true) =>
        new(Fixture.Decoder, new ImagePreprocessing
        {
            WidthPx = width,
            HeightPx = height,
            Resize = mode,
            ShortSidePx = shortSide,
            Antialias = antialias,
            Mean = [0, 0, 0],
            Std = [1 / 255f, 1 / 255f, 1 / 255f],
        });

    private static StageClock Clock()
    {
        var clock = new StageClock();
        clock.Start();
        return clock;
    }
}
