using LatencyLab.Web.Live;

namespace LatencyLab.Tests.Live;

public class LiveFeedTests
{
    private readonly LiveFeed _feed = new();

    [Fact]
    public async Task AFrame_ReachesEveryWatcher()
    {
        using var one = _feed.Subscribe();
        using var other = _feed.Subscribe();

        _feed.Publish(LiveExample.Frame(1));

        // One and the same: it was made, and is written, once.
        Assert.Same(await NextAsync(one), await NextAsync(other));
    }

    [Fact]
    public async Task ASlowWatcher_MissesFramesAndGetsTheLatest()
    {
        using var slow = _feed.Subscribe();

        for (var number = 1; number <= 1000; number++)
        {
            _feed.Publish(LiveExample.Frame(number));
        }

        Assert.Equal(1000, (await NextAsync(slow)).Frame.Number);
    }

    [Fact]
    public void AWatcher_WhoComesLater_GetsWhatWasKept()
    {
        for (var number = 1; number <= LiveFeed.KeptFrames + 50; number++)
        {
            _feed.Publish(LiveExample.Frame(number));
        }

        using var late = _feed.Subscribe();
        Assert.Equal(LiveFeed.KeptFrames, late.Kept.Count);
        Assert.Equal(51, late.Kept[0].Number);
        Assert.Equal(LiveFeed.KeptFrames + 50, _feed.Latest!.Number);
    }

    [Fact]
    public async Task AWatcher_WhoLeaves_IsForgotten()
    {
        var left = _feed.Subscribe();
        var changes = 0;
        _feed.WatchersChanged += () => changes++;
        left.Dispose();
        left.Dispose();
        _feed.Publish(LiveExample.Frame(1));

        Assert.Equal(0, _feed.Watchers);
        Assert.Equal(1, changes);
        await foreach (var frame in left.ReadAllAsync(CancellationToken.None))
        {
            Assert.Fail($"Frame {frame.Frame.Number} came after all.");
        }
    }

    [Fact]
    public async Task AFrame_AsJson_HasTheWordsOfTheContract()
    {
        using var watcher = _feed.Subscribe();
        _feed.Publish(LiveExample.Frame(1));

        var text = (await NextAsync(watcher)).Text;
        Assert.Contains("\"p50Ms\":8.4", text, StringComparison.Ordinal);
        Assert.Contains("\"memoryBytes\":412000000", text, StringComparison.Ordinal);
        Assert.Contains("{\"stage\":\"decode\"", text, StringComparison.Ordinal);
    }

    private static async Task<LiveFeedItem> NextAsync(LiveSubscription subscription)
    {
        await foreach (var item in subscription.ReadAllAsync(CancellationToken.None))
        {
            return item;
        }
        throw new InvalidOperationException("The feed has ended.");
    }
}
