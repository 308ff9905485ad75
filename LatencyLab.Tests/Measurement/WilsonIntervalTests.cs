using LatencyLab.Inference.Measurement;

namespace LatencyLab.Tests.Measurement;

public class WilsonIntervalTests
{
    // R. G. Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17 (1998), table I, method 3.
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void AShare_HasThePublishedInterval(int hits, int samples, double lower, double upper)
    {
        var interval = WilsonInterval.Of(hits, samples);

        Assert.Equal(lower, interval[0], 5e-5);
        Assert.Equal(upper, interval[1], 5e-5);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 4)]
    [InlineData(5, 4)]
    public void Counts_OutOfRange_AreRefused(int hits, int samples) => Assert.Throws<ArgumentOutOfRangeException>(() => WilsonInterval.Of(hits, samples));
}
