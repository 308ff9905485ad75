using LatencyLab.Inference.Live;
using LatencyLab.Web.Audience;
using LatencyLab.Web.Comparisons;

namespace LatencyLab.Web.Live;

/// <summary>Shows photos of the audience in the live run, and tells their senders what the variants say. Nothing of them is kept.</summary>
/// <param name="session">The run.</param>
/// <param name="door">Knows the senders.</param>
/// <param name="time">The clock.</param>
public sealed class LiveAudience(ILiveSession session, AudienceDoor door, TimeProvider time)
{
    /// <summary>A variant that has had no whole turn after so long has failed, or the run was paused; the others' answers go out.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Shows a photo; its sender learns the answers when every variant has had a whole turn with it.</summary>
    /// <returns>Whether a run is under way; otherwise nothing happens.</returns>
    public async Task<bool> ShowAsync(AudiencePicture picture, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(picture);
        using var frames = session.Feed.Subscribe();
        if (!session.ShowPicture(new StoredImage(picture.Facts, picture.Encoded)))
        {
            return false;
        }
        var answers = new TurnAnswers(session.Status.Variants);
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await foreach (var item in frames.ReadAllAsync(either.Token))
            {
                if (answers.Complete(item.Frame))
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // What is there goes out.
        }
        door.Answer(picture.Id, answers.Known);
        return true;
    }

    /// <summary>The answers of turns that began after the photo was shown; the turn before may have seen another picture.</summary>
    private sealed class TurnAnswers(IReadOnlyList<LiveParticipant> variants)
    {
        private readonly Dictionary<string, AudienceAnswer> _known = [];
        private string? _turn;
        private bool _isWhole;

        public IReadOnlyList<AudienceAnswer> Known => [.. variants.Where(variant => _known.ContainsKey(variant.Id)).Select(variant => _known[variant.Id])];

        public bool Complete(LiveFrame frame)
        {
            if (frame.Turn != _turn)
            {
                Keep(frame);
                _isWhole = _turn is not null;
                _turn = frame.Turn;
            }
            return frame.Variants.All(figures => figures.Failure is not null || _known.ContainsKey(figures.Id));
        }

        private void Keep(LiveFrame frame)
        {
            var ended = frame.Variants.FirstOrDefault(figures => figures.Id == _turn);
            if (_isWhole && ended is { Answer: { } answer } && variants.FirstOrDefault(variant => variant.Id == ended.Id) is { } variant)
            {
                _known[variant.Id] = new AudienceAnswer(variant.Title, [answer], ended.P50Ms);
            }
        }
    }
}
