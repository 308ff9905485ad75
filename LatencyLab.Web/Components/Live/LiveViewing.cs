using LatencyLab.Inference.Live;
using LatencyLab.Web.Live;
using Microsoft.JSInterop;

namespace LatencyLab.Web.Components.Live;

/// <summary>
/// One viewer's way from frames to charts. The browser is sent the next frame when it has the one before; the numbers beside the charts
/// are rendered at most once a second.
/// </summary>
/// <param name="charts">The charts.</param>
/// <param name="variants">Who takes part.</param>
/// <param name="time">The clock.</param>
/// <param name="render">Shows the numbers of a frame; called on the circuit's own context.</param>
internal sealed class LiveViewing(LiveCharts charts, IReadOnlyList<LiveChartVariant> variants, TimeProvider time, Action<LiveFrame> render) : IAsyncDisposable
{
    private static readonly TimeSpan RenderInterval = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _ended = new();
    private Task _following = Task.CompletedTask;
    private long? _rendered;

    /// <summary>Begins with a replay or, without one, with the session's feed.</summary>
    public void Begin(ReplayPlayer? player, LiveFeed feed) => _following = QuietlyAsync(player is null ? FollowAsync(feed) : FollowAsync(player));

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _following;
        _ended.Dispose();
    }

    private async Task FollowAsync(LiveFeed feed)
    {
        using var subscription = feed.Subscribe();
        await charts.ResetAsync(variants, subscription.Kept);
        if (subscription.Kept.Count > 0)
        {
            render(subscription.Kept[^1]);
        }
        await foreach (var item in subscription.ReadAllAsync(_ended.Token))
        {
            await charts.PushAsync(item.Text, _ended.Token);
            RenderAtTimes(item.Frame);
        }
    }

    private async Task FollowAsync(ReplayPlayer player)
    {
        await foreach (var (frame, jumped) in player.PlayAsync(_ended.Token))
        {
            if (jumped)
            {
                await charts.ResetAsync(variants, player.Before);
                _rendered = null;
            }
            else
            {
                await charts.PushAsync(LiveFeedItem.Write(frame), _ended.Token);
            }
            RenderAtTimes(frame);
        }
    }

    private void RenderAtTimes(LiveFrame frame)
    {
        if (_rendered is { } last && time.GetElapsedTime(last) < RenderInterval)
        {
            return;
        }
        _rendered = time.GetTimestamp();
        render(frame);
    }

    private static async Task QuietlyAsync(Task following)
    {
        try
        {
            await following;
        }
        catch (Exception error) when (error is OperationCanceledException or JSDisconnectedException)
        {
            // The page was left, or shows something else.
        }
    }
}
