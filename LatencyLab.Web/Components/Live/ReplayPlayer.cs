using System.Runtime.CompilerServices;
using LatencyLab.Inference.Live;

namespace LatencyLab.Web.Components.Live;

/// <summary>Plays a recording at the speed at which it was made; used from one circuit.</summary>
/// <param name="replay">The recording.</param>
/// <param name="time">The clock.</param>
public sealed class ReplayPlayer(LiveReplay replay, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private double _from;
    private long? _since;
    private bool _jumped = true;

    /// <summary>The recording.</summary>
    public LiveReplay Replay { get; } = replay;

    /// <summary>Whether it moves.</summary>
    public bool IsPlaying => _since is not null && PositionSeconds < Replay.DurationSeconds;

    /// <summary>Seconds since the first frame.</summary>
    public double PositionSeconds => Math.Min(Replay.DurationSeconds, _from + (_since is { } since ? time.GetElapsedTime(since).TotalSeconds : 0));

    /// <summary>The frame at the position.</summary>
    public LiveFrame Current => Replay.Recording.Frames[Index];

    /// <summary>What the charts show at the position: the frames before it.</summary>
    public IReadOnlyList<LiveFrame> Before => Replay.Before(Index, LiveChartSetup.Span);

    private int Index => Replay.IndexAt(PositionSeconds);

    /// <summary>Plays, from the beginning where it was at the end, or holds.</summary>
    public void Toggle()
    {
        if (IsPlaying)
        {
            (_from, _since) = (PositionSeconds, null);
        }
        else
        {
            if (PositionSeconds >= Replay.DurationSeconds)
            {
                Seek(0);
            }
            _since = time.GetTimestamp();
        }
    }

    /// <summary>Goes elsewhere.</summary>
    /// <param name="seconds">Since the first frame.</param>
    public void Seek(double seconds)
    {
        var playing = IsPlaying;
        _from = Math.Clamp(seconds, 0, Replay.DurationSeconds);
        _since = playing ? time.GetTimestamp() : null;
        _jumped = true;
    }

    /// <summary>The frames as their time comes; <c>Jumped</c> where they do not follow on those before.</summary>
    public async IAsyncEnumerable<(LiveFrame Frame, bool Jumped)> PlayAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        var last = -1;
        do
        {
            var index = Index;
            if (index != last || _jumped)
            {
                var jumped = _jumped;
                (_jumped, last) = (false, index);
                yield return (Replay.Recording.Frames[index], jumped);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }
}
