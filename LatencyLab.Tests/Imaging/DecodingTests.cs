using LatencyLab.Inference.Imaging;

namespace LatencyLab.Tests.Imaging;

public class DecodingTests
{
    [Fact]
    public void Png_Rgb_GivesItsPixels()
    {
        var pattern = Pixels.Pattern(19, 11);
        Fixture.Decode(PngWriter.WriteRgb(pattern)).ShouldEqual(pattern);
    }

    [Fact]
    public void Png_16Bit_KeepsTheHighByte()
    {
        var pattern = Pixels.Pattern(9, 5);
        var wide = pattern.Rgb.SelectMany(value => new byte[] { value, (byte)(value ^ 0x5A) }).ToArray();
        Fixture.Decode(PngWriter.Write(9, 5, PngWriter.Rgb, 16, wide)).ShouldEqual(pattern);
    }

    [Theory]
    [InlineData(1, new byte[] { 0b1010_0000 }, new byte[] { 255, 0, 255 })]
    [InlineData(2, new byte[] { 0b1101_1000 }, new byte[] { 255, 85, 170 })]
    [InlineData(8, new byte[] { 7, 130, 255 }, new byte[] { 7, 130, 255 })]
    [InlineData(16, new byte[] { 7, 200, 130, 1, 255, 255 }, new byte[] { 7, 130, 255 })]
    public void Png_Grey_IsReplicatedToThreeChannels(int bitDepth, byte[] row, byte[] levels) =>
        Fixture.Decode(PngWriter.Write(3, 1, PngWriter.Grey, bitDepth, row))
            .ShouldEqual(new Pixels(3, 1, [.. levels.SelectMany(level => Enumerable.Repeat(level, 3))]));

    [Fact]
    public void Png_Palette_IsLookedUp() =>
        Fixture.Decode(PngWriter.Write(4, 1, PngWriter.Palette, 2, [0b0001_1000], palette: [1, 2, 3, 40, 50, 60, 200, 210, 220]))
            .ShouldEqual(new Pixels(4, 1, [1, 2, 3, 40, 50, 60, 200, 210, 220, 1, 2, 3]));

    [Fact]
    public void Png_PaletteWithTransparentEntry_ShowsWhiteThere() =>
        Fixture.Decode(PngWriter.Write(2, 1, PngWriter.Palette, 8, [0, 1], palette: [9, 9, 9, 40, 50, 60], transparency: [0, 255]))
            .ShouldEqual(new Pixels(2, 1, [255, 255, 255, 40, 50, 60]));

    [Fact]
    public void Png_Alpha_IsBlendedWithWhite() =>
        Fixture.Decode(PngWriter.Write(3, 1, PngWriter.Rgba, 8, [10, 20, 30, 255, 10, 20, 30, 0, 0, 0, 100, 128]))
            .ShouldEqual(new Pixels(3, 1, [10, 20, 30, 255, 255, 255, 127, 127, 177]), tolerance: 1);

    [Fact]
    public void Png_16BitAlpha_IsBlendedWithWhite() =>
        Fixture.Decode(PngWriter.Write(2, 1, PngWriter.Rgba, 16, [10, 0, 20, 0, 30, 0, 255, 255, 10, 0, 20, 0, 30, 0, 0, 0]))
            .ShouldEqual(new Pixels(2, 1, [10, 20, 30, 255, 255, 255]), tolerance: 1);

    [Fact]
    public void Png_GreyAlpha_IsBlendedWithWhite() =>
        Fixture.Decode(PngWriter.Write(2, 1, PngWriter.GreyAlpha, 8, [80, 255, 80, 0]))
            .ShouldEqual(new Pixels(2, 1, [80, 80, 80, 255, 255, 255]));

    [Theory]
    [InlineData("baseline.jpg", "jpeg")]
    [InlineData("progressive.jpg", "jpeg")]
    [InlineData("grey.jpg", "jpeg")]
    [InlineData("lossy.webp", "webp")]
    [InlineData("palette.gif", "gif")]
    [InlineData("animated.gif", "gif")]
    public void Picture_OfAnyFormat_HasThePixelsThatPillowSees(string name, string format)
    {
        var expected = Fixture.Decode(Path.ChangeExtension(name, null) + ".expected.png");
        Fixture.Decode(name).ShouldEqual(expected, tolerance: 2);
        Assert.Equal(new ImageHeader(format, expected.WidthPx, expected.HeightPx), Fixture.Decoder.ReadHeader(Fixture.Bytes(name)));
    }

    [Theory]
    [InlineData("lossless.webp")]
    [InlineData("animated.webp")]
    public void WebP_Lossless_HasTheFirstFramesExactPixels(string name) => Fixture.Decode(name).ShouldEqual(Fixture.Decode("picture.png"));

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6), InlineData(7), InlineData(8)]
    public void Jpeg_OfEveryExifOrientation_ComesOutUpright(int orientation)
    {
        var encoded = Fixture.Bytes($"orientation-{orientation}.jpg");
        Assert.Equal(new ImageHeader("jpeg", 96, 64), Fixture.Decoder.ReadHeader(encoded));
        Assert.InRange(Fixture.Decode(encoded).MeanDifference(Fixture.Decode("picture.png")), 0, 3);
    }

    [Theory]
    [InlineData("orientation-6.png", "png")]
    [InlineData("orientation-6.webp", "webp")]
    public void Picture_WithExifOrientation_ComesOutUpright(string name, string format)
    {
        Assert.Equal(new ImageHeader(format, 96, 64), Fixture.Decoder.ReadHeader(Fixture.Bytes(name)));
        Fixture.Decode(name).ShouldEqual(Fixture.Decode("picture.png"));
    }

    [Theory]
    [InlineData("cmyk.jpg")]
    [InlineData("cmyk-broken-profile.jpg")]
    [InlineData("cmyk-damaged-profile.jpg")]
    public void Jpeg_InPrintingInks_ShowsTheRightHues(string name)
    {
        var picture = Fixture.Decode(name);
        AssertHue(picture[3, 3], low: "", high: "rgb");
        AssertHue(picture[14, 24], low: "r", high: "gb");
        AssertHue(picture[26, 24], low: "g", high: "rb");
        AssertHue(picture[38, 24], low: "b", high: "rg");
        AssertHue(picture[50, 24], low: "rgb", high: "");
    }

    [Fact]
    public void Jpeg_WithBrokenColourProfile_IsDecodedAllTheSame() =>
        Fixture.Decode("broken-profile.jpg").ShouldEqual(Fixture.Decode("baseline.expected.png"), tolerance: 2);

    [Theory]
    [InlineData(0, 96, 64)]
    [InlineData(64, 96, 64)]
    [InlineData(33, 96, 64)]
    [InlineData(32, 48, 32)]
    [InlineData(9, 24, 16)]
    [InlineData(8, 12, 8)]
    [InlineData(1, 12, 8)]
    public void Jpeg_ScaledDecoding_KeepsTheShortSideThatIsAskedFor(int minimumShortSide, int width, int height)
    {
        var picture = Fixture.Decode(Fixture.Bytes("baseline.jpg"), minimumShortSide);
        Assert.Equal((width, height), (picture.WidthPx, picture.HeightPx));
    }

    [Fact]
    public void Jpeg_ScaledDecodingOfATurnedPicture_ComesOutUpright()
    {
        var upright = Fixture.Decode(Fixture.Bytes("orientation-1.jpg"), 16);
        var turned = Fixture.Decode(Fixture.Bytes("orientation-6.jpg"), 16);
        Assert.InRange(turned.MeanDifference(upright), 0, 3);
    }

    [Fact]
    public void Facts_OfATurnedPictureWithAMisleadingName_AreThoseOfTheUprightPicture()
    {
        var facts = ImageFactsReader.Read(Fixture.Decoder, Fixture.Bytes("orientation-6.jpg"), "holiday.txt");
        Assert.Equal(("holiday.txt", "jpeg", 96, 64), (facts.Name, facts.Format, facts.WidthPx, facts.HeightPx));
        Assert.Equal(Fixture.Bytes("orientation-6.jpg").Length, facts.SizeBytes);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Fixture.Bytes("orientation-6.jpg"))), facts.Sha256);
    }

    private static void AssertHue((byte Red, byte Green, byte Blue) pixel, string low, string high)
    {
        foreach (var (name, value) in new[] { ('r', pixel.Red), ('g', pixel.Green), ('b', pixel.Blue) })
        {
            Assert.True(!low.Contains(name) || value < 90, $"{name} is {value}, expected low, in {pixel}");
            Assert.True(!high.Contains(name) || value > 130, $"{name} is {value}, expected high, in {pixel}");
        }
    }
}
