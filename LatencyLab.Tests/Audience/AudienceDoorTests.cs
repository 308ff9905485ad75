using System.Runtime.CompilerServices;
using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Models;
using LatencyLab.Tests.Components;
using LatencyLab.Web.Audience;
using Microsoft.Extensions.Options;

namespace LatencyLab.Tests.Audience;

public sealed class AudienceDoorTests : IDisposable
{
    private static readonly ImageFacts Facts = new("photo.jpg", "jpeg", 640, 480, 3, "");

    private readonly ManualTime _time = new();
    private readonly AudienceDoor _door;

    public AudienceDoorTests() => _door = new AudienceDoor(Options.Create(new AudienceOptions { Enabled = true, WaitingPictures = 3 }), _time);

    public void Dispose() => _door.Dispose();

    [Fact]
    public void Submit_WithTheCode_WaitsInOrderOfArrival()
    {
        var code = _door.Renew();

        var (first, second) = (Submit(code), Submit(code.ToUpperInvariant()));

        Assert.Equal([first, second], _door.Pending.Select(picture => picture.Id));
        Assert.Equal((AudienceState.Waiting, 2), (_door.Find(second)!.State, _door.Find(second)!.Place));
        _door.Decline(first);
        Assert.Equal(1, _door.Find(second)!.Place);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("aaaaaaaa")]
    public void Submit_WithoutTheCode_IsRefused(string? code)
    {
        _door.Renew();

        Assert.Equal(AudienceRefusal.Code, Assert.Throws<AudienceRefusedException>(() => Submit(code)).Reason);
        Assert.Empty(_door.Pending);
    }

    [Fact]
    public void Renew_OfAnOpenDoor_KeepsStrangersWithTheOldCodeOutAndWaitingPhotosIn()
    {
        var old = _door.Renew();
        var waiting = Submit(old);

        var code = _door.Renew();

        Assert.NotEqual(old, code);
        Assert.False(_door.Admits(old));
        Assert.Throws<AudienceRefusedException>(() => Submit(old));
        Assert.Equal(AudienceState.Waiting, _door.Find(waiting)!.State);
    }

    [Fact]
    public void Submit_WhenTheQueueIsFull_IsToldToWaitUntilThePresenterDecides()
    {
        var code = _door.Renew();
        var first = Submit(code);
        Submit(code);
        Submit(code);

        Assert.Equal(AudienceRefusal.Full, Assert.Throws<AudienceRefusedException>(() => Submit(code)).Reason);
        _door.Decline(first);
        Submit(code);
    }

    [Fact]
    public void Approve_APhoto_HandsItOverOnceAndItsSenderHearsTheAnswer()
    {
        var id = Submit(_door.Renew());

        var picture = _door.Approve(id);

        Assert.Equal([1, 2, 3], picture!.Encoded.ToArray());
        Assert.Null(_door.Approve(id));
        Assert.False(_door.Decline(id));
        Assert.Empty(_door.Pending);
        Assert.True(_door.Answer(id, [new AudienceAnswer("INT8", [.. Enumerable.Range(1, 5).Select(rank => new Prediction(rank, rank, "cat", 0.2))], 1.5)]));
        var status = _door.Find(id)!;
        Assert.Equal(AudienceState.Shown, status.State);
        Assert.Equal([1, 2, 3], Assert.Single(status.Answers).Predictions.Select(prediction => prediction.Rank));
    }

    [Fact]
    public void Answer_OfAPhotoThatIsNotShown_IsNotTold()
    {
        var id = Submit(_door.Renew());

        Assert.False(_door.Answer(id, []));
        _door.Decline(id);
        Assert.False(_door.Answer(id, []));
        Assert.Equal(AudienceState.Declined, _door.Find(id)!.State);
    }

    [Fact]
    public void Pending_AfterItsTime_IsRemovedThoughNobodyAsks()
    {
        var id = Submit(_door.Renew());
        var changes = 0;
        _door.Changed += () => changes++;

        _time.Advance(TimeSpan.FromMinutes(4.9));
        Assert.Single(_door.Pending);
        _time.Advance(TimeSpan.FromMinutes(0.2));

        Assert.Empty(_door.Pending);
        Assert.Equal(1, changes);
        Assert.Equal(AudienceState.Expired, _door.Find(id)!.State);
        _time.Advance(TimeSpan.FromMinutes(5.1));
        Assert.Null(_door.Find(id));
    }

    [Fact]
    public void Close_WithPhotosWaiting_RemovesThemAndLetsNobodyIn()
    {
        var code = _door.Renew();
        var id = Submit(code);

        _door.Close();

        Assert.Null(_door.Code);
        Assert.Empty(_door.Pending);
        Assert.Equal(AudienceState.Closed, _door.Find(id)!.State);
        Assert.Throws<AudienceRefusedException>(() => Submit(code));
    }

    [Theory]
    [InlineData("approve")]
    [InlineData("decline")]
    [InlineData("close")]
    [InlineData("expire")]
    public void APhoto_HoweverItEnds_IsNoLongerInMemory(string end)
    {
        var (id, bytes) = SubmitTracked(_door.Renew());

        End(id, end);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.All(bytes, reference => Assert.False(reference.IsAlive));
    }

    [Fact]
    public void Decisions_InGreatNumber_AreForgottenFromTheOldestOn()
    {
        var code = _door.Renew();
        var ids = Enumerable.Range(0, 600).Select(_ =>
        {
            var id = Submit(code);
            _door.Decline(id);
            _time.Advance(TimeSpan.FromMilliseconds(1));
            return id;
        }).ToArray();

        Assert.Null(_door.Find(ids[0]));
        Assert.Equal(500, ids.Count(id => _door.Find(id) is not null));
    }

    [Fact]
    public void Renew_WhereTheConfigurationHasNoDoor_IsRefusedByName()
    {
        using var off = new AudienceDoor(Options.Create(new AudienceOptions()), _time);

        Assert.Contains("LatencyLab:Audience:Enabled", Assert.Throws<InvalidOperationException>(() => off.Renew()).Message, StringComparison.Ordinal);
        Assert.False(off.IsEnabled);
    }

    private string Submit(string? code) => _door.Submit(code, Facts, new byte[] { 1, 2, 3 }, [4]).Id;

    // Apart, as the next one, so that no local of the test keeps the bytes alive.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void End(string id, string end)
    {
        switch (end)
        {
            case "approve":
                _door.Approve(id);
                break;
            case "decline":
                _door.Decline(id);
                break;
            case "close":
                _door.Close();
                break;
            default:
                _time.Advance(TimeSpan.FromMinutes(6));
                break;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private (string Id, WeakReference[] Bytes) SubmitTracked(string code)
    {
        byte[] encoded = new byte[1000], preview = new byte[100];
        return (_door.Submit(code, Facts, encoded, preview).Id, [new WeakReference(encoded), new WeakReference(preview)]);
    }
}
