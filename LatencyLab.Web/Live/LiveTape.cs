using LatencyLab.Inference.Live;

namespace LatencyLab.Web.Live;

/// <summary>The session's recording: none, under way, or just made. From any thread.</summary>
internal sealed class LiveTape
{
    private readonly Lock _lock = new();
    private LiveRecorder? _recorder;
    private bool _active;

    /// <summary>How far it is; null where there is none.</summary>
    public LiveRecordingState? State
    {
        get
        {
            lock (_lock)
            {
                return _recorder is null ? null : new LiveRecordingState(_active, _recorder.Count, LiveRecording.MaxFrames);
            }
        }
    }

    /// <summary>What was recorded so far; null where there is nothing.</summary>
    public LiveRecording? Recording
    {
        get
        {
            lock (_lock)
            {
                return _recorder is { Count: > 0 } ? _recorder.ToRecording() : null;
            }
        }
    }

    /// <summary>Records from now on; what was recorded before is dropped.</summary>
    public void Begin(LiveRecording header)
    {
        lock (_lock)
        {
            (_recorder, _active) = (new LiveRecorder(header), true);
        }
    }

    /// <summary>Adds a frame while it records.</summary>
    /// <returns>Whether this was the last for which there was room.</returns>
    public bool Take(LiveFrame frame)
    {
        lock (_lock)
        {
            if (!_active || _recorder!.Add(frame))
            {
                return false;
            }
            _active = false;
            return true;
        }
    }

    /// <summary>Ends the recording; it stays.</summary>
    public void End()
    {
        lock (_lock)
        {
            _active = false;
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            (_recorder, _active) = (null, false);
        }
    }
}
