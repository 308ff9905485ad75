using LatencyLab.Inference.Live;
using LatencyLab.Web.Live;

namespace LatencyLab.Tests.Live;

public class LiveTapeTests
{
    private readonly LiveTape _tape = new();

    [Fact]
    public void Frames_BetweenBeginAndEnd_AreKept()
    {
        _tape.Take(LiveExample.Frame(1));
        _tape.Begin(LiveExample.Recording(frames: 0));
        Assert.Null(_tape.Recording);
        _tape.Take(LiveExample.Frame(2));
        _tape.Take(LiveExample.Frame(3));
        _tape.End();
        _tape.Take(LiveExample.Frame(4));

        Assert.Equal([2, 3], _tape.Recording!.Frames.Select(frame => frame.Number));
        Assert.Equal(new LiveRecordingState(false, 2, LiveRecording.MaxFrames), _tape.State);
    }

    [Fact]
    public void ATape_ThatIsFull_EndsByItselfAndSaysSoOnce()
    {
        _tape.Begin(LiveExample.Recording(frames: 0));

        var ends = Enumerable.Range(1, LiveRecording.MaxFrames + 10).Count(number => _tape.Take(LiveExample.Frame(number)));

        Assert.Equal(1, ends);
        Assert.Equal(new LiveRecordingState(false, LiveRecording.MaxFrames, LiveRecording.MaxFrames), _tape.State);
    }

    [Fact]
    public void ASecondRecording_DropsTheFirst()
    {
        _tape.Begin(LiveExample.Recording(frames: 0));
        _tape.Take(LiveExample.Frame(1));
        _tape.Begin(LiveExample.Recording(frames: 0));
        _tape.Take(LiveExample.Frame(2));

        Assert.Equal([2], _tape.Recording!.Frames.Select(frame => frame.Number));
        _tape.Clear();
        Assert.Null(_tape.State);
    }
}
