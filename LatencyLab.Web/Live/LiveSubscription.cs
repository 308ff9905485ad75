using System.Threading.Channels;
using LatencyLab.Inference.Live;

namespace LatencyLab.Web.Live;

/// <summary>One watcher of the feed. It gets the latest frame whenever it asks; frames that came meanwhile are dropped.</summary>
public sealed class LiveSubscription : IDisposable
{
    private readonly LiveFeed _feed;
    private readonly Channel<LiveFeedItem> _latest = Channel.CreateBounded<LiveFeedItem>(new BoundedChannelOptions(1)
    {
        FullMode = BoundedChannelFullMode.DropOldest,
        SingleReader = true,
    });

    internal LiveSubscription(LiveFeed feed, IReadOnlyList<LiveFrame> kept)
    {
        _feed = feed;
        Kept = kept;
    }

    /// <summary>The frames before the subscription, oldest first.</summary>
    public IReadOnlyList<LiveFrame> Kept { get; }

    /// <summary>The frames from now on; ends when the subscription is disposed.</summary>
    public IAsyncEnumerable<LiveFeedItem> ReadAllAsync(CancellationToken cancellationToken) => _latest.Reader.ReadAllAsync(cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _feed.Remove(this);
        _latest.Writer.TryComplete();
    }

    internal void Offer(LiveFeedItem item) => _latest.Writer.TryWrite(item);
}
