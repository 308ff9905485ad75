using LatencyLab.Inference.Imaging;

namespace LatencyLab.Web.Live;

/// <summary>The live session between two changes of it; the frames tell the figures.</summary>
public sealed record LiveStatus
{
    /// <summary>Where the session is.</summary>
    public required LiveState State { get; init; }

    /// <summary>What is being done, or why the run ended; absent where the state says it all.</summary>
    public string? Message { get; init; }

    /// <summary>When the run began; absent before the first.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>The model's identifier.</summary>
    public string? ModelId { get; init; }

    /// <summary>The model's name for people.</summary>
    public string? ModelTitle { get; init; }

    /// <summary>Arrivals a second that are asked for.</summary>
    public required double RatePerSecond { get; init; }

    /// <summary>Answers of so long ago make up the figures of a frame.</summary>
    public required double WindowSeconds { get; init; }

    /// <summary>Who takes part.</summary>
    public IReadOnlyList<LiveParticipant> Variants { get; init; } = [];

    /// <summary>The pictures that are sent in turn.</summary>
    public IReadOnlyList<string> ImageIds { get; init; } = [];

    /// <summary>The one picture that is sent instead of them; absent while none is shown.</summary>
    public ImageFacts? Shown { get; init; }

    /// <summary>Circuits and streams that watch.</summary>
    public required int Watchers { get; init; }

    /// <summary>The recording under way or just made; absent where there is none.</summary>
    public LiveRecordingState? Recording { get; init; }

    /// <summary>Whether a run is under way, paused or not.</summary>
    public bool IsActive() => State is LiveState.Starting or LiveState.Running or LiveState.Paused;
}

/// <summary>A variant that takes part.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Title">Name for people.</param>
public sealed record LiveParticipant(string Id, string Title);

/// <summary>How far a recording is.</summary>
/// <param name="Active">Whether frames are still being added.</param>
/// <param name="Frames">Frames when its state last changed.</param>
/// <param name="MaxFrames">Frames after which it ends by itself.</param>
public sealed record LiveRecordingState(bool Active, int Frames, int MaxFrames);
