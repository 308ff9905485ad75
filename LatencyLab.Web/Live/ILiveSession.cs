using LatencyLab.Inference.Live;
using LatencyLab.Web.Comparisons;
using LatencyLab.Web.Loads;

namespace LatencyLab.Web.Live;

/// <summary>The one live run of this application, shared by all who watch it. Every member may be called from any thread.</summary>
public interface ILiveSession
{
    /// <summary>Where it is.</summary>
    LiveStatus Status { get; }

    /// <summary>Its frames.</summary>
    LiveFeed Feed { get; }

    /// <summary>Raised when <see cref="Status"/> has changed, on the thread that changed it; not for each frame.</summary>
    event Action? Changed;

    /// <summary>Starts a run; the one under way, if any, ends first.</summary>
    /// <exception cref="KeyNotFoundException">There is no such model, variant or picture.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rate is out of its range.</exception>
    /// <exception cref="LoadSourceTakenException">A load run is being measured.</exception>
    Task StartAsync(LiveSettings settings, CancellationToken cancellationToken);

    /// <summary>Holds the run; where none runs, nothing happens.</summary>
    void Pause();

    /// <summary>Goes on after <see cref="Pause"/>; where nothing is paused, nothing happens.</summary>
    void Resume();

    /// <summary>Ends the run; the result ends when its last answers are there.</summary>
    Task StopAsync();

    /// <summary>Changes the rate, also of the run under way.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is out of its range.</exception>
    void SetRate(double ratePerSecond);

    /// <summary>
    /// Sends this picture, from the next request on, instead of the chosen ones, until another is shown or
    /// <see cref="ShowChosenPictures"/>. It is kept in memory and nowhere else, and goes when it is replaced or the run ends.
    /// </summary>
    /// <returns>Whether a run is under way; otherwise nothing is kept.</returns>
    bool ShowPicture(StoredImage picture);

    /// <summary>The same with an uploaded or sample picture.</summary>
    /// <exception cref="KeyNotFoundException">The picture is no longer kept.</exception>
    bool ShowPicture(string imageId);

    /// <summary>Sends the chosen pictures again.</summary>
    void ShowChosenPictures();

    /// <summary>The picture that is shown by itself; null while none is shown.</summary>
    StoredImage? Shown { get; }

    /// <summary>Records the run under way from now on; an earlier recording is dropped.</summary>
    /// <returns>Whether a run is under way.</returns>
    bool StartRecording();

    /// <summary>Ends the recording; it stays until the next.</summary>
    void StopRecording();

    /// <summary>The recording under way or just made; null where there is none, or nothing in it.</summary>
    LiveRecording? Recording { get; }
}
