using LatencyLab.Inference.Measurement.Hardware;

namespace LatencyLab.Tests.Measurement.Hardware;

public class HardwareFeedTests
{
    private readonly List<FixedSource> _sources = [];

    [Fact]
    public void WhileNobodyWatches_NothingIsSampled()
    {
        using var feed = Feed();
        Assert.False(feed.IsSampling);

        using (feed.Watch(TimeSpan.FromSeconds(1)))
        using (feed.Watch(TimeSpan.FromSeconds(1)))
        {
            Assert.True(feed.IsSampling);
        }

        Assert.False(feed.IsSampling);
        Assert.True(Assert.Single(_sources).Disposed);
    }

    [Fact]
    public void TwoWhoWatch_ShareOneSamplerAtTheFasterRate()
    {
        using var feed = Feed();
        using var slow = feed.Watch(TimeSpan.FromSeconds(30));

        using (feed.Watch(TimeSpan.FromMilliseconds(20)))
        {
            Assert.Equal(20, slow.Read()!.PeriodMs);
        }

        Assert.Equal(30_000, slow.Read()!.PeriodMs);
        Assert.Single(_sources);
    }

    [Fact]
    public void TheLatestSample_HasAValueForEachMetricAndItsCost()
    {
        using var feed = Feed();
        using var watch = feed.Watch(TimeSpan.FromMilliseconds(10));

        Assert.True(SpinWait.SpinUntil(() => watch.Latest() is { Values: [.., not null] }, TimeSpan.FromSeconds(30)));
        var sample = watch.Latest()!;

        Assert.Equal([12.34, 20, 10, 123_456_789, 4_500], sample.Values);
        Assert.True(sample.Cost.MeanSampleMs >= 0);
        Assert.Equal("gpu", Assert.Single(watch.Missing).Name);
    }

    [Fact]
    public void ManySamples_AreKeptInAWindowOfFixedSize()
    {
        using var feed = Feed();
        using var watch = feed.Watch(HardwareSampler.ShortestPeriod);

        Assert.True(SpinWait.SpinUntil(() => watch.Read()!.TimesMs is [> 100, ..], TimeSpan.FromSeconds(60)));

        Assert.Equal(HardwareFeed.Capacity, watch.Read()!.TimesMs.Count);
    }

    [Fact]
    public void AFeedThatWasClosed_TellsNothingMore()
    {
        var feed = Feed();
        using var watch = feed.Watch(TimeSpan.FromSeconds(1));

        feed.Dispose();

        Assert.Null(watch.Latest());
        Assert.Null(watch.Read());
    }

    private HardwareFeed Feed() => new(() =>
    {
        _sources.Add(new FixedSource());
        return _sources[^1].Monitor();
    });
}
