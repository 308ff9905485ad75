namespace LatencyLab.Inference.Live;

/// <summary>Keeps the frames of a run from a moment on, up to <see cref="LiveRecording.MaxFrames"/>; from any thread.</summary>
/// <param name="header">Everything but the frames.</param>
public sealed class LiveRecorder(LiveRecording header)
{
    private readonly Lock _lock = new();
    private readonly List<LiveFrame> _frames = [];

    /// <summary>Frames so far.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _frames.Count;
            }
        }
    }

    /// <summary>Adds a frame.</summary>
    /// <returns>Whether there is room for another.</returns>
    public bool Add(LiveFrame frame)
    {
        lock (_lock)
        {
            if (_frames.Count < LiveRecording.MaxFrames)
            {
                _frames.Add(frame);
            }
            return _frames.Count < LiveRecording.MaxFrames;
        }
    }

    /// <summary>What was recorded so far.</summary>
    public LiveRecording ToRecording()
    {
        lock (_lock)
        {
            return header with { Frames = [.. _frames] };
        }
    }
}
