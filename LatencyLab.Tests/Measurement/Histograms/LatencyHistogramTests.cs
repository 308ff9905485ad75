using System.Text.Json;
using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Measurement.Histograms;

namespace LatencyLab.Tests.Measurement.Histograms;

public class LatencyHistogramTests
{
    private static readonly double[] Percentiles = [0, 0.01, 0.25, 0.5, 0.9, 0.95, 0.99, 0.999, 1];

    [Theory]
    [InlineData("uniform", 1)]
    [InlineData("uniform", 1000)]
    [InlineData("exponential", 10)]
    [InlineData("exponential", 100_000)]
    [InlineData("lognormal", 663)]
    [InlineData("lognormal", 20_000)]
    [InlineData("heavy tail", 5000)]
    [InlineData("two peaks", 3000)]
    [InlineData("nanoseconds", 2000)]
    public void Percentiles_OfAnyDistributionAndSize_MatchTheExactOnesWithinATenthOfAPercent(string distribution, int count)
    {
        var durations = Samples.Of(distribution, count, seed: 7);
        var histogram = Recorded(durations);
        var sortedMs = durations.Order().Select(ns => ns / 1e6).ToArray();

        Assert.All(Percentiles, p => AssertClose(Percentile.Of(sortedMs, p), histogram.PercentileMs(p)));
        AssertClose(sortedMs.Average(), histogram.MeanMs);
        AssertClose(sortedMs[0], histogram.MinMs);
        AssertClose(sortedMs[^1], histogram.MaxMs);
        Assert.Equal(count, histogram.Count);
    }

    [Fact]
    public void Record_OfEveryMagnitude_KeepsThreeDigits()
    {
        for (var ns = 1L; ns < 4_000_000_000_000; ns = (ns * 3) + 1)
        {
            AssertClose(ns / 1e6, Recorded([ns]).MaxMs);
        }
    }

    [Fact]
    public void Record_BeyondTheRange_CountsAtItsEnds()
    {
        var histogram = Recorded([-5, long.MaxValue]);

        Assert.Equal(2, histogram.Count);
        Assert.Equal(0, histogram.MinMs);
        Assert.Equal(TimeSpan.FromMinutes(73).TotalMilliseconds, histogram.MaxMs!.Value, TimeSpan.FromMinutes(1).TotalMilliseconds);
    }

    [Fact]
    public void Add_OfTwoHistograms_EqualsRecordingTogether()
    {
        var (left, right) = (Samples.Of("lognormal", 700, seed: 1), Samples.Of("heavy tail", 900, seed: 2));
        var merged = Recorded(left);

        merged.Add(Recorded(right));

        Assert.Equal(Recorded([.. left, .. right]).ToJson(), merged.ToJson());
    }

    [Fact]
    public void Json_ThereAndBack_KeepsEveryCount()
    {
        var histogram = Recorded(Samples.Of("two peaks", 5000, seed: 3));

        var copy = LatencyHistogram.FromJson(histogram.ToJson());

        Assert.Equal(histogram.Count, copy.Count);
        Assert.Equal(histogram.ToJson(), copy.ToJson());
        Assert.All(Percentiles, p => Assert.Equal(histogram.PercentileMs(p), copy.PercentileMs(p)));
    }

    [Fact]
    public void Json_OfAMillionDurations_IsCompact() =>
        Assert.InRange(Recorded(Samples.Of("lognormal", 1_000_000, seed: 4)).ToJson().Length, 1000, 64_000);

    [Theory]
    [InlineData("null", "null")]
    [InlineData("[]", "version")]
    [InlineData("""{ "version": 2, "unit": "ns", "bucketsPerOctave": 1024, "counts": [] }""", "version 2")]
    [InlineData("""{ "version": "1", "unit": "ns", "bucketsPerOctave": 1024, "counts": [] }""", "version")]
    [InlineData("""{ "version": 1, "unit": "ms", "bucketsPerOctave": 1024, "counts": [] }""", "unit")]
    [InlineData("""{ "version": 1, "unit": "ns", "bucketsPerOctave": 1024 }""", "counts")]
    [InlineData("""{ "version": 1, "unit": "ns", "bucketsPerOctave": 1024, "counts": [1] }""", "pairs")]
    [InlineData("""{ "version": 1, "unit": "ns", "bucketsPerOctave": 1024, "counts": [1, 1, 90000, 1] }""", "position 2")]
    [InlineData("""{ "version": 1, "unit": "ns", "bucketsPerOctave": 1024, "counts": [1, -1] }""", "position 0")]
    [InlineData("""{ "version": 1, "unit": "ns", "bucketsPerOctave": 1024, "counts": [1, 0.5] }""", "position 0")]
    public void Json_ThatIsNoHistogram_IsRefusedWithTheReason(string json, string named) =>
        Assert.Contains(named, Assert.Throws<JsonException>(() => LatencyHistogram.FromJson(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Empty_Histogram_HasNoFigures()
    {
        var histogram = new LatencyHistogram();

        Assert.Null(histogram.PercentileMs(0.5));
        Assert.Null(histogram.MeanMs);
        Assert.Null(histogram.MinMs);
        Assert.Null(histogram.MaxMs);
        Assert.Null(histogram.IntervalMs(0.5));
    }

    [Fact]
    public void PercentileOfEnough_BelowTheMinimum_IsAbsent()
    {
        Assert.Null(Recorded(Samples.Of("uniform", 661, seed: 1)).PercentileOfEnoughMs(0.99));
        Assert.NotNull(Recorded(Samples.Of("uniform", 662, seed: 1)).PercentileOfEnoughMs(0.99));
    }

    [Fact]
    public void Interval_OfAPercentile_EnclosesTheExactOneTightly()
    {
        var durations = Samples.Of("lognormal", 5000, seed: 5);
        var (low, high) = Percentile.Interval([.. durations.Order().Select(ns => ns / 1e6)], 0.99);

        var interval = Recorded(durations).IntervalMs(0.99)!;

        Assert.InRange(interval[0], 0.999 * low, low);
        Assert.InRange(interval[1], high, 1.001 * high);
    }

    [Fact]
    public void CountAbove_ABound_CountsWhatIsLonger() =>
        Assert.Equal(3, Recorded([1_000_000, 2_000_000, 5_000_000, 6_000_000, 900_000_000]).CountAbove(TimeSpan.FromMilliseconds(2)));

    [Fact]
    public void Record_ADuration_AllocatesNothing()
    {
        var histogram = new LatencyHistogram();
        histogram.RecordNs(1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var ns = 1; ns < 1000; ns++)
        {
            histogram.RecordNs(1000 * ns);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static LatencyHistogram Recorded(IEnumerable<long> durations)
    {
        var histogram = new LatencyHistogram();
        foreach (var ns in durations)
        {
            histogram.RecordNs(ns);
        }
        return histogram;
    }

    private static void AssertClose(double expected, double? actual) => Assert.Equal(expected, Assert.NotNull(actual), 0.001 * expected);
}
