#if !IMAGESHARP
using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Imaging.Jpeg;
using LatencyLab.Inference.Runtime.Vips;

namespace LatencyLab.Tests.Imaging;

/// <summary>The expected pixels are libjpeg's scaled decoding or, where chroma is subsampled, means over its full decode; both through Pillow.</summary>
public class EighthScaleJpegTests
{
    [Theory]
    [InlineData("444")]
    [InlineData("grey")]
    public void Jpeg_WithChromaOfFullSize_IsTheFullPictureAveraged(string sampling) =>
        Decode(Fixture.Bytes($"eighth-{sampling}.jpg")).ShouldEqual(Fixture.Decode($"eighth-{sampling}.expected.png"), tolerance: 1);

    [Theory]
    [InlineData("422")]
    [InlineData("420")]
    public void Jpeg_WithSubsampledChroma_IsNearlyTheFullPictureAveraged(string sampling)
    {
        var expected = Fixture.Decode($"eighth-{sampling}.expected.png");
        var actual = Decode(Fixture.Bytes($"eighth-{sampling}.jpg"));
        actual.ShouldEqual(expected, tolerance: 24);
        Assert.InRange(actual.MeanDifference(expected), 0, 1.5);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Jpeg_WithRestartMarkers_GivesTheSamePixelsAsWithout(bool subsample)
    {
        var picture = Fixture.Decode("source-wide.png");
        var plain = VipsJpegWriter.Encode(picture.Rgb, picture.WidthPx, picture.HeightPx, 95, subsample: subsample);
        var marked = VipsJpegWriter.Encode(picture.Rgb, picture.WidthPx, picture.HeightPx, 95, restartInterval: 5, subsample);
        Assert.True(marked.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xD3]) > 0);
        Decode(marked).ShouldEqual(Decode(plain));
    }

    [Theory]
    [InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6), InlineData(7), InlineData(8)]
    public void Jpeg_OfEveryExifOrientation_ComesOutUpright(int orientation)
    {
        // 96 x 64 divides by eight, so the blocks are the same whichever way the picture is stored.
        var upright = Fixture.Decode(Fixture.Bytes("orientation-1.jpg"), 8);
        Fixture.Decode(Fixture.Bytes($"orientation-{orientation}.jpg"), 8).ShouldEqual(upright, tolerance: 4);
    }

    [Theory]
    [InlineData("progressive.jpg")]
    [InlineData("cmyk.jpg")]
    public void Jpeg_OfAnotherKind_IsLeftToTheGeneralDecoder(string name)
    {
        Assert.Null(EighthScaleJpeg.TryDecode(Fixture.Bytes(name), orientation: 1));
        Assert.Equal(8, Fixture.Decoder.Decode(Fixture.Bytes(name), 1).ScaleDivisor);
    }

    [Theory]
    [InlineData("eighth-420.jpg")]
    [InlineData("eighth-444.jpg")]
    [InlineData("eighth-grey.jpg")]
    public void Jpeg_CutAnywhere_IsRefusedOrComplete(string name)
    {
        var encoded = Fixture.Bytes(name);
        var whole = Fixture.Decode(encoded, 31);
        for (var length = 1; length < encoded.Length; length += 61)
        {
            try
            {
                Fixture.Decode(encoded[..length], 31).ShouldEqual(whole);
            }
            catch (ImageRejectedException refusal)
            {
                Assert.True(refusal.Reason is ImageRejection.Corrupt or ImageRejection.UnsupportedFormat);
                continue;
            }

            Assert.True(length > encoded.Length - 70, $"accepted with {length} of {encoded.Length} bytes");
        }
    }

    [Fact]
    public void Jpeg_WithRandomDamage_NeverHarmsTheReader()
    {
        var random = new Random(3);
        foreach (var name in new[] { "eighth-420.jpg", "eighth-422.jpg", "eighth-grey.jpg" })
        {
            var encoded = Fixture.Bytes(name);
            for (var round = 0; round < 400; round++)
            {
                var damaged = encoded.ToArray();
                for (var count = random.Next(1, 10); count > 0; count--)
                {
                    damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                }

                using var image = EighthScaleJpeg.TryDecode(damaged, orientation: 1);
                Assert.True(image is null || image.Pixels.Length == image.WidthPx * image.HeightPx * 3);
            }
        }
    }

    private static Pixels Decode(byte[] encoded)
    {
        using var image = EighthScaleJpeg.TryDecode(encoded, orientation: 1);
        Assert.NotNull(image);
        return new Pixels(image.WidthPx, image.HeightPx, image.Pixels.ToArray());
    }
}
#endif
