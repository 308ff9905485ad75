using System.Text;
using LatencyLab.Inference.Imaging;

namespace LatencyLab.Tests.Imaging;

public class RejectionTests
{
    [Fact]
    public void Bytes_None_AreRefusedAsEmpty() => Refused([], ImageRejection.Empty, "empty");

    [Fact]
    public void Text_CalledAPicture_IsRefusedByItsContent() =>
        Refused(Encoding.UTF8.GetBytes("Dear reader, this is a letter."), ImageRejection.UnsupportedFormat, "text file");

    [Theory]
    [InlineData("unsupported.bmp", "BMP")]
    [InlineData("unsupported.tif", "TIFF")]
    [InlineData("unsupported.svg", "SVG")]
    public void Picture_OfAnUnsupportedFormat_IsRefusedByName(string name, string format) =>
        Refused(Fixture.Bytes(name), ImageRejection.UnsupportedFormat, format);

    [Fact]
    public void Bytes_WithoutMeaning_AreRefused()
    {
        var noise = new byte[4000];
        new Random(1).NextBytes(noise);
        Refused(noise, ImageRejection.UnsupportedFormat, "JPEG, PNG, WebP and GIF");
    }

    [Fact]
    public void File_LargerThanTheLimit_IsRefusedWithBothSizes()
    {
        var decoder = ImageDecoders.CreateDefault(new ImageLimits { MaxSizeBytes = 2000 });
        var refusal = Assert.Throws<ImageRejectedException>(() => decoder.ReadHeader(Fixture.Bytes("baseline.jpg")));
        Assert.Equal(ImageRejection.TooLarge, refusal.Reason);
    }

    [Fact]
    public void Picture_BeyondTheMegapixels_IsRefusedWithItsSize()
    {
        var decoder = ImageDecoders.CreateDefault(new ImageLimits { MaxMegapixels = 0.006 });
        var refusal = Assert.Throws<ImageRejectedException>(() => decoder.Decode(Fixture.Bytes("baseline.jpg")));
        Assert.Equal(ImageRejection.TooManyPixels, refusal.Reason);
        Assert.Contains("96 × 64", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(30_000, 30_000)]
    [InlineData(16_385, 1)]
    [InlineData(1, 16_385)]
    [InlineData(8_000, 6_251)]
    public void Png_WhoseHeaderIsBeyondTheLimits_IsRefusedWithoutUnfoldingIt(int width, int height)
    {
        var bomb = PngWriter.Bomb(width, height);
        Refused(bomb, ImageRejection.TooManyPixels, "pixels");
        // A file that ends behind the header is refused for the same reason: nothing further was looked at.
        Refused(bomb[..45], ImageRejection.TooManyPixels, "pixels");
    }

    [Fact]
    public void Jpeg_WhoseHeaderLies_IsRefusedByTheLimits()
    {
        var refusal = Assert.Throws<ImageRejectedException>(() => Fixture.Decoder.Decode(JpegWithSize(65_500, 65_500)));
        Assert.Equal(ImageRejection.TooManyPixels, refusal.Reason);
    }

    [Theory]
    [InlineData("baseline.jpg")]
    [InlineData("progressive.jpg")]
    [InlineData("grey.jpg")]
    [InlineData("cmyk.jpg")]
    [InlineData("orientation-6.jpg")]
    [InlineData("picture.png")]
    [InlineData("orientation-6.png")]
    [InlineData("lossy.webp")]
    [InlineData("lossless.webp")]
    [InlineData("animated.webp")]
    [InlineData("palette.gif")]
    [InlineData("animated.gif")]
    public void Picture_CutAnywhere_IsRefusedOrComplete(string name)
    {
        var encoded = Fixture.Bytes(name);
        var whole = Fixture.Decode(encoded);
        var refused = 0;
        var lengths = Enumerable.Range(1, 150).Select(step => encoded.Length * step / 151).Concat([encoded.Length - 3, encoded.Length - 2, encoded.Length - 1]).ToArray();
        foreach (var length in lengths)
        {
            try
            {
                // Only bytes behind the first frame's last pixel may be missing without harm.
                Fixture.Decode(encoded[..length]).ShouldEqual(whole);
            }
            catch (ImageRejectedException refusal)
            {
                Assert.True(refusal.Reason is ImageRejection.Corrupt or ImageRejection.UnsupportedFormat, $"{refusal.Reason} at {length} bytes");
                refused++;
            }
        }

        Assert.True(refused >= lengths.Length / 3, $"only {refused} of {lengths.Length} cut files were refused");
    }

    [Fact]
    public void Png_DamagedInTheMiddle_IsRefusedByItsChecksums()
    {
        var encoded = Fixture.Bytes("picture.png");
        for (var at = 100; at < encoded.Length - 100; at += encoded.Length / 40)
        {
            var damaged = encoded.ToArray();
            damaged[at] ^= 0x10;
            var refusal = Assert.Throws<ImageRejectedException>(() => Fixture.Decode(damaged));
            Assert.Equal(ImageRejection.Corrupt, refusal.Reason);
        }
    }

    [Theory]
    [InlineData("baseline.jpg")]
    [InlineData("progressive.jpg")]
    [InlineData("picture.png")]
    [InlineData("lossy.webp")]
    [InlineData("palette.gif")]
    [InlineData("cmyk.jpg")]
    public void Picture_WithRandomDamage_IsRefusedOrDecodedAtItsSize(string name)
    {
        var encoded = Fixture.Bytes(name);
        var random = new Random(5);
        for (var round = 0; round < 150; round++)
        {
            var damaged = encoded.ToArray();
            for (var count = random.Next(1, 12); count > 0; count--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            try
            {
                using var image = Fixture.Decoder.Decode(damaged);
                Assert.Equal(image.WidthPx * image.HeightPx * 3, image.Pixels.Length);
            }
            catch (ImageRejectedException refusal)
            {
                Assert.NotEqual("", refusal.Message);
            }
        }
    }

    [Fact]
    public void Refusal_OfADamagedFile_SpeaksToPeopleAndKeepsTheLibrarysWordsInside()
    {
        var refusal = Assert.Throws<ImageRejectedException>(() => Fixture.Decoder.Decode(Fixture.Bytes("picture.png").AsMemory(0, 3000)));
        Assert.Contains("PNG picture is truncated or damaged", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("vips", refusal.Message, StringComparison.OrdinalIgnoreCase);
        Assert.NotNull(refusal.InnerException);
    }

    private static void Refused(byte[] encoded, ImageRejection reason, string message)
    {
        foreach (var action in new Action[] { () => Fixture.Decoder.ReadHeader(encoded), () => Fixture.Decoder.Decode(encoded).Dispose() })
        {
            var refusal = Assert.Throws<ImageRejectedException>(action);
            Assert.Equal(reason, refusal.Reason);
            Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>An intact JPEG whose frame header was changed.</summary>
    private static byte[] JpegWithSize(int width, int height)
    {
        var encoded = Fixture.Bytes("baseline.jpg");
        var frame = encoded.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        (encoded[frame + 5], encoded[frame + 6]) = ((byte)(height >> 8), (byte)height);
        (encoded[frame + 7], encoded[frame + 8]) = ((byte)(width >> 8), (byte)width);
        return encoded;
    }
}
