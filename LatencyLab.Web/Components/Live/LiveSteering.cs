using LatencyLab.Inference.Sessions;
using LatencyLab.Web.Audience;
using LatencyLab.Web.Comparisons;
using LatencyLab.Web.Components.Controls;
using LatencyLab.Web.Components.Picture;
using LatencyLab.Web.Live;
using LatencyLab.Web.Loads;

namespace LatencyLab.Web.Components.Live;

/// <summary>What a presenter does with the session, and the choices for its next run. The page of someone who only watches has none.</summary>
/// <param name="session">The run.</param>
/// <param name="audience">Shows photos in it.</param>
/// <param name="service">Knows the models.</param>
/// <param name="closed">Ends with the page.</param>
internal sealed class LiveSteering(ILiveSession session, LiveAudience audience, IComparisonService service, CancellationToken closed)
{
    public string? ModelId { get; private set; }

    public IReadOnlyList<VariantStatus> Variants { get; private set; } = [];

    /// <summary>The chosen variants; null for all.</summary>
    public IReadOnlyList<string>? VariantIds { get; set; }

    /// <summary>The chosen picture; null for all samples in turn.</summary>
    public PictureChoice? Picture { get; private set; }

    /// <summary>What went wrong last; null when nothing did, or it was read.</summary>
    public Problem? Problem { get; set; }

    public void ChooseModel(string? modelId)
    {
        (ModelId, VariantIds) = (modelId, null);
        Variants = modelId is null ? [] : service.Variants(modelId);
    }

    public void ChoosePicture(PictureChoice picture)
    {
        Picture = picture;
        try
        {
            session.ShowPicture(picture.ImageId);
        }
        catch (Exception error) when (error is KeyNotFoundException or LoadSourceTakenException)
        {
            Problem = new Problem("The picture is gone", error.Message);
        }
    }

    public void ChooseAllSamples()
    {
        Picture = null;
        session.ShowChosenPictures();
    }

    /// <summary>Starts, holds or goes on, whichever comes next.</summary>
    public async Task ToggleAsync()
    {
        switch (session.Status.State)
        {
            case LiveState.Running:
                session.Pause();
                break;
            case LiveState.Paused:
                session.Resume();
                break;
            case not LiveState.Starting:
                await StartAsync();
                break;
        }
    }

    /// <summary>Shows an approved photo; a run that does not go is made to.</summary>
    public async Task ShowAsync(AudiencePicture picture)
    {
        if (!session.Status.IsActive())
        {
            await StartAsync();
        }
        else if (session.Status.State == LiveState.Paused)
        {
            session.Resume();
        }
        // The page goes on; the sender's phone waits for the answers.
        _ = audience.ShowAsync(picture, CancellationToken.None);
    }

    /// <summary>Records, or ends the recording.</summary>
    public void Record()
    {
        if (session.Status.Recording is { Active: true })
        {
            session.StopRecording();
        }
        else
        {
            session.StartRecording();
        }
    }

    private async Task StartAsync()
    {
        Problem = null;
        try
        {
            var settings = new LiveSettings { ModelId = ModelId, VariantIds = VariantIds, ImageIds = Picture is null ? [] : [Picture.ImageId] };
            await session.StartAsync(settings, closed);
        }
        catch (KeyNotFoundException error)
        {
            Problem = new Problem("The run cannot start", error.Message);
        }
    }
}
