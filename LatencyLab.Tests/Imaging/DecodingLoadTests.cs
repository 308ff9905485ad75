using System.Diagnostics;
using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Imaging.Preprocessing;
using LatencyLab.Inference.Measurement;
using LatencyLab.Tests.Requirements;

namespace LatencyLab.Tests.Imaging;

/// <summary>Many pictures: at once, for a long time, without rubbish.</summary>
[Collection(AloneInTheProcess.Name)]
public class DecodingLoadTests
{
    private static readonly string[] Names =
    [
        "baseline.jpg", "progressive.jpg", "grey.jpg", "cmyk.jpg", "orientation-6.jpg", "orientation-6.png",
        "picture.png", "lossy.webp", "animated.webp", "palette.gif", "animated.gif",
    ];

    [Fact]
    public void Decodes_InParallel_AgreeWithTheSingleOnes()
    {
        var encoded = Names.Select(Fixture.Bytes).ToArray();
        var expected = encoded.Select(bytes => Fixture.Decode(bytes)).ToArray();
        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, round =>
        {
            var index = round % encoded.Length;
            Fixture.Decode(encoded[index]).ShouldEqual(expected[index]);
        });
    }

    [Fact]
    public void Memory_OverThousandsOfPicturesGoodAndBad_StaysFlat()
    {
        var good = Names.Select(Fixture.Bytes).ToArray();
        // The last is large enough (4 MP, 12 MB of pixels) that a single lost one in fifty would show.
        byte[][] bad = [.. good.Select(bytes => bytes[..(bytes.Length / 2)]), [], [1, 2, 3], PngWriter.Bomb(30_000, 30_000)];
        var large = PngWriter.Write(2000, 2000, PngWriter.Grey, 8, new byte[4_000_000]);
        Soak(400);
        var before = ResidentBytes();
        Soak(2600);
        Assert.InRange(ResidentBytes() - before, long.MinValue, 50_000_000);

        void Soak(int rounds)
        {
            for (var round = 0; round < rounds; round++)
            {
                var encoded = round % 40 == 0 ? large : round % 2 == 0 ? good[round / 2 % good.Length] : bad[round / 2 % bad.Length];
                try
                {
                    Fixture.Decoder.Decode(encoded).Dispose();
                }
                catch (ImageRejectedException)
                {
                    // Half of them are meant to be refused.
                }
            }
        }
    }

    [Theory]
    [InlineData("baseline.jpg")]
    [InlineData("orientation-6.jpg")]
    [InlineData("cmyk.jpg")]
    [InlineData("picture.png")]
    [InlineData("lossy.webp")]
    [InlineData("palette.gif")]
    public void Process_OnceWarm_AllocatesLessThanTwoKilobytes(string name)
    {
        var encoded = Fixture.Bytes(name);
        var preprocessor = new ImagePreprocessor(Fixture.Decoder, new ImagePreprocessing
        {
            WidthPx = 28,
            HeightPx = 28,
            Resize = ResizeMode.ShortSide,
            ShortSidePx = 32,
            Mean = [0.5f, 0.5f, 0.5f],
            Std = [0.5f, 0.5f, 0.5f],
        });
        var tensor = new float[3 * 28 * 28];
        var clock = new StageClock();
        Run(30);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(50);
        var perCall = (GC.GetAllocatedBytesForCurrentThread() - before) / 50;
        Assert.InRange(perCall, 0, 2047);

        void Run(int times)
        {
            for (; times > 0; times--)
            {
                clock.Start();
                preprocessor.Process(encoded, tensor, clock);
                clock.Stop();
            }
        }
    }

    private static long ResidentBytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
