using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Live;
using LatencyLab.Inference.Models;
using LatencyLab.Tests.Components;
using LatencyLab.Web.Audience;
using LatencyLab.Web.Live;
using Microsoft.Extensions.Options;

namespace LatencyLab.Tests.Live;

public sealed class LiveAudienceTests : IDisposable
{
    private readonly FakeLiveSession _session = new();
    private readonly AudienceDoor _door = new(Options.Create(new AudienceOptions { Enabled = true }), TimeProvider.System);

    [Fact]
    public async Task APhoto_AfterAWholeTurnOfEveryVariant_TellsItsSenderWhatTheyAnswered()
    {
        _session.BecomeRunning();
        var photo = Approved();

        var shown = new LiveAudience(_session, _door, TimeProvider.System).ShowAsync(photo, CancellationToken.None);
        // The first turn began before the photo was shown: what it answers then may be of another picture.
        for (var number = 1; !shown.IsCompleted; number++)
        {
            _session.Feed.Publish(Frame(number, number / 10, stale: number < 10));
            await Task.Delay(TimeSpan.FromMilliseconds(2));
        }

        Assert.True(await shown);
        var answers = _door.Find(photo.Id)!.Answers;
        Assert.Equal(_session.Status.Variants.Select(variant => variant.Title), answers.Select(answer => answer.Title));
        Assert.All(answers, answer => Assert.Equal("cat", answer.Predictions.Single().Label));
    }

    [Fact]
    public async Task APhoto_WhereNothingRuns_IsNotShown()
    {
        var photo = Approved();

        Assert.False(await new LiveAudience(_session, _door, TimeProvider.System).ShowAsync(photo, CancellationToken.None));
        Assert.Empty(_door.Find(photo.Id)!.Answers);
    }

    public void Dispose() => _door.Dispose();

    private AudiencePicture Approved()
    {
        var id = _door.Submit(_door.Renew(), new ImageFacts("cat.jpg", "jpeg", 640, 480, 31_290, ""), new byte[] { 1 }, [0xFF, 0xD8, 0xFF]).Id;
        return _door.Approve(id)!;
    }

    private LiveFrame Frame(int number, int turn, bool stale)
    {
        var ids = _session.Status.Variants.Select(variant => variant.Id).ToArray();
        return LiveExample.Frame(number) with
        {
            Turn = ids[turn % ids.Length],
            Variants = [.. ids.Select(id => LiveExample.Figures(id, 3, 400) with { Answer = new Prediction(1, 0, stale ? "dog" : "cat", 0.9) })],
        };
    }
}
