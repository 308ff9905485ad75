namespace LatencyLab.Inference.Live;

/// <summary>A recording in its own time: which frame was the latest at a position.</summary>
/// <param name="recording">The recording.</param>
public sealed class LiveReplay(LiveRecording recording)
{
    /// <summary>The recording.</summary>
    public LiveRecording Recording { get; } = recording;

    /// <summary>From the first to the last frame.</summary>
    public double DurationSeconds => Recording.Frames[^1].Seconds - Recording.Frames[0].Seconds;

    /// <summary>Index of the latest frame at a position.</summary>
    /// <param name="seconds">Since the first frame; what lies outside the recording is taken for its nearer end.</param>
    public int IndexAt(double seconds)
    {
        var at = Recording.Frames[0].Seconds + seconds;
        var (low, high) = (0, Recording.Frames.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = Recording.Frames[middle].Seconds <= at ? (middle, high) : (low, middle - 1);
        }
        return low;
    }

    /// <summary>The frames that end with an index and go back so far.</summary>
    public IReadOnlyList<LiveFrame> Before(int index, double seconds)
    {
        var from = Recording.Frames[index].Seconds - seconds;
        return [.. Recording.Frames.Take(index + 1).Where(frame => frame.Seconds >= from)];
    }
}
