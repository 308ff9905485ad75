using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Imaging.Preprocessing;
using LatencyLab.Inference.Measurement;

namespace LatencyLab.Tests.Imaging;

public class ImagePreprocessorTests
{
    [Theory]
    [InlineData(40, 30)]
    [InlineData(16, 2)]
    [InlineData(17, 3)]
    [InlineData(5, 7)]
    public void Tensor_HoldsEveryPixelNormalizedInItsChannelsPlane(int width, int height)
    {
        var picture = Pixels.Pattern(width, height);
        float[] mean = [0.485f, 0.456f, 0.406f], std = [0.229f, 0.224f, 0.225f];
        var tensor = new float[3 * width * height];
        new ImagePreprocessor(Fixture.Decoder, Rule(width, height) with { Mean = mean, Std = std })
            .Process(PngWriter.WriteRgb(picture), tensor, Started());
        for (var index = 0; index < tensor.Length; index++)
        {
            var channel = index / (width * height);
            var expected = ((picture.Rgb[(index % (width * height) * 3) + channel] / 255.0) - mean[channel]) / std[channel];
            Assert.Equal(expected, tensor[index], 1e-5);
        }
    }

    [Fact]
    public void Clock_AfterProcessing_HoldsTheThreeStagesOnly()
    {
        var clock = Started();
        new ImagePreprocessor(Fixture.Decoder, Rule(32, 32)).Process(Fixture.Bytes("baseline.jpg"), new float[3 * 32 * 32], clock);
        clock.Stop();
        Assert.All([Stage.Decode, Stage.Resize, Stage.Normalize], stage => Assert.True(clock.TicksOf(stage) > 0));
        Assert.All([Stage.Upload, Stage.Queue, Stage.Network, Stage.Inference, Stage.Postprocess, Stage.Render], stage => Assert.Equal(0, clock.TicksOf(stage)));
        Assert.Equal(clock.TotalTicks, Enum.GetValues<Stage>().Sum(clock.TicksOf));
    }

    [Fact]
    public void Jpeg_DecodedAtAReducedScale_GivesNearlyTheTensorOfTheFullOne()
    {
        // What differs is the filter, and on all but the finest detail that by little.
        var encoded = Fixture.Bytes("large.jpg");
        var scaled = new float[3 * 100 * 100];
        var full = new float[3 * 100 * 100];
        var rule = Rule(100, 100) with { Resize = ResizeMode.ShortSide, ShortSidePx = 112 };
        new ImagePreprocessor(Fixture.Decoder, rule).Process(encoded, scaled, Started());
        new ImagePreprocessor(Fixture.Decoder, rule) { ScaledDecoding = false }.Process(encoded, full, Started());
        Assert.NotEqual(full, scaled);
        Assert.InRange(full.Zip(scaled, (one, other) => Math.Abs(one - other)).Average(), 0, 0.08);
    }

    [Fact]
    public void Tensor_OfTheWrongLength_IsRefusedWithTheRightOne()
    {
        var preprocessor = new ImagePreprocessor(Fixture.Decoder, Rule(32, 32));
        var refusal = Assert.Throws<ArgumentException>(() => preprocessor.Process(Fixture.Bytes("baseline.jpg"), new float[3], Started()));
        Assert.Contains("3072", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pixels_OfTheWrongLength_AreRefused()
    {
        var preprocessor = new ImagePreprocessor(Fixture.Decoder, Rule(32, 32));
        Assert.Throws<ArgumentException>(() => preprocessor.Process(new byte[10], 2, 2, new float[3072], Started()));
    }

    [Fact]
    public void BadPicture_ThenAGoodOne_IsProcessedAsIfNothingHadBeen()
    {
        var preprocessor = new ImagePreprocessor(Fixture.Decoder, Rule(32, 32));
        var encoded = Fixture.Bytes("baseline.jpg");
        var (before, after) = (new float[3072], new float[3072]);
        preprocessor.Process(encoded, before, Started());
        Assert.Throws<ImageRejectedException>(() => preprocessor.Process(encoded.AsMemory(0, 900), after, Started()));
        preprocessor.Process(encoded, after, Started());
        Assert.Equal(before, after);
    }

    public static TheoryData<ImagePreprocessing, string> BadRules => new()
    {
        { Rule(0, 32), "input size" },
        { Rule(32, 5000), "input size" },
        { Rule(32, 32) with { Resize = ResizeMode.ShortSide, ShortSidePx = 31 }, "short side" },
        { Rule(32, 32) with { Mean = [0.5f] }, "mean" },
        { Rule(32, 32) with { Std = [1, 0, 1] }, "std" },
        { Rule(32, 32) with { Std = [1, float.NaN, 1] }, "std" },
    };

    [Theory]
    [MemberData(nameof(BadRules))]
    public void Rule_ThatMakesNoSense_IsRefusedByTheValueAtFault(ImagePreprocessing rule, string named)
    {
        var refusal = Assert.Throws<ArgumentException>(() => new ImagePreprocessor(Fixture.Decoder, rule));
        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
    }

    private static ImagePreprocessing Rule(int width, int height) =>
        new() { WidthPx = width, HeightPx = height, Resize = ResizeMode.Stretch, Mean = [0.5f, 0.5f, 0.5f], Std = [0.5f, 0.5f, 0.5f] };

    private static StageClock Started()
    {
        var clock = new StageClock();
        clock.Start();
        return clock;
    }
}
