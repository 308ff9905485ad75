using System.Text.Json;
using LatencyLab.Inference.Hosting;
using LatencyLab.Inference.Live;

namespace LatencyLab.Web.Live;

/// <summary>
/// The one feed of the live session. A frame is made and written as JSON once and handed to every watcher; a watcher that is slower than
/// the run misses frames, and never delays it.
/// </summary>
public sealed class LiveFeed
{
    /// <summary>Frames that are kept for those who come later: what the charts show.</summary>
    public const int KeptFrames = 600;

    private readonly Lock _lock = new();
    private readonly Queue<LiveFeedItem> _kept = new(KeptFrames);
    private readonly List<LiveSubscription> _watchers = [];

    /// <summary>Raised when somebody comes or goes, on the thread that did it.</summary>
    public event Action? WatchersChanged;

    /// <summary>Number of subscriptions.</summary>
    public int Watchers
    {
        get
        {
            lock (_lock)
            {
                return _watchers.Count;
            }
        }
    }

    /// <summary>The latest frame; null before the first of a run.</summary>
    public LiveFrame? Latest
    {
        get
        {
            lock (_lock)
            {
                return _kept.LastOrDefault()?.Frame;
            }
        }
    }

    /// <summary>Watches from now on; dispose the result to stop.</summary>
    public LiveSubscription Subscribe()
    {
        LiveSubscription subscription;
        lock (_lock)
        {
            subscription = new LiveSubscription(this, [.. _kept.Select(item => item.Frame)]);
            _watchers.Add(subscription);
        }
        WatchersChanged?.Invoke();
        return subscription;
    }

    /// <summary>Hands a frame to all.</summary>
    internal void Publish(LiveFrame frame)
    {
        var item = new LiveFeedItem(frame);
        lock (_lock)
        {
            if (_kept.Count == KeptFrames)
            {
                _kept.Dequeue();
            }
            _kept.Enqueue(item);
            foreach (var watcher in _watchers)
            {
                watcher.Offer(item);
            }
        }
    }

    /// <summary>Forgets the frames of the run before.</summary>
    internal void Clear()
    {
        lock (_lock)
        {
            _kept.Clear();
        }
    }

    internal void Remove(LiveSubscription subscription)
    {
        bool removed;
        lock (_lock)
        {
            removed = _watchers.Remove(subscription);
        }
        if (removed)
        {
            WatchersChanged?.Invoke();
        }
    }
}

/// <summary>A frame, and its JSON, which is written when the first watcher asks for it.</summary>
public sealed class LiveFeedItem
{
    private static readonly JsonSerializerOptions Json = ContractJson.Configure(new JsonSerializerOptions());

    private readonly Lazy<string> _json;

    internal LiveFeedItem(LiveFrame frame)
    {
        Frame = frame;
        _json = new Lazy<string>(() => Write(frame));
    }

    /// <summary>The frame.</summary>
    public LiveFrame Frame { get; }

    /// <summary>The frame as JSON.</summary>
    public string Text => _json.Value;

    /// <summary>A frame, or frames, as JSON.</summary>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Json);
}
