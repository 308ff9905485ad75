using System.Text;
using System.Text.Json.Nodes;
using LatencyLab.Inference.Live;

namespace LatencyLab.Tests.Live;

public class LiveRecordingTests
{
    [Fact]
    public async Task ARecording_WrittenAndRead_IsTheSame()
    {
        var recording = LiveExample.Recording(frames: 50);

        var read = await ReadAsync(await TextAsync(recording));

        Assert.Equal(recording.Environment.Cpu, read.Environment.Cpu);
        Assert.Equal(recording.CreatedAt, read.CreatedAt);
        Assert.Equal(recording.Variants, read.Variants);
        Assert.Equal(50, read.Frames.Count);
        Assert.Equal(await TextAsync(recording), await TextAsync(read));
    }

    [Theory]
    [InlineData("""{"schema":"something-else","version":1}""", "no recording of the Live page")]
    [InlineData("""{"id":"a comparison"}""", "no recording of the Live page")]
    [InlineData("[]", "no recording of the Live page")]
    [InlineData("""{"schema":"latencylab-live","version":2}""", "another version than 1")]
    [InlineData("""{"schema":"latencylab-live","version":1}""", "damaged")]
    [InlineData("I am a text.", "damaged")]
    [InlineData("", "damaged")]
    public async Task AFile_ThatIsNoRecording_IsRefusedWithTheReason(string text, string reason) =>
        Assert.Contains(reason, (await Assert.ThrowsAsync<LiveRecordingException>(() => ReadAsync(text))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("frames", "[]", "from 1 to 3000 frames")]
    [InlineData("frames", "null", "from 1 to 3000 frames")]
    [InlineData("variants", "[]", "names no variants")]
    [InlineData("variants", "[null]", "names no variants")]
    [InlineData("frames/2/seconds", "0.1", "Frame 3 of the recording is damaged: it lies before")]
    [InlineData("frames/1/variants", "[]", "Frame 2 of the recording is damaged: it does not have one entry")]
    [InlineData("frames/1/variants/0/id", "\"other\"", "Frame 2 of the recording is damaged: its variants are not")]
    [InlineData("frames/1/variants/0/buckets", "[-1]", "Frame 2 of the recording is damaged: its buckets")]
    [InlineData("frames/1/variants/0/firstBucket", "99", "Frame 2 of the recording is damaged: its buckets")]
    public async Task ARecording_ThatIsDamaged_NamesThePlace(string path, string value, string reason)
    {
        var root = JsonNode.Parse(await TextAsync(LiveExample.Recording(frames: 5)))!;
        var steps = path.Split('/');
        var parent = steps[..^1].Aggregate(root, (node, step) => int.TryParse(step, out var index) ? node[index]! : node[step]!);
        parent[steps[^1]] = JsonNode.Parse(value);

        var error = await Assert.ThrowsAsync<LiveRecordingException>(() => ReadAsync(root.ToJsonString()));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ARecorder_WhenItIsFull_KeepsNoMore()
    {
        var recorder = new LiveRecorder(LiveExample.Recording(frames: 1));
        var room = Enumerable.Range(1, LiveRecording.MaxFrames + 5).Select(number => recorder.Add(LiveExample.Frame(number))).ToArray();

        Assert.Equal(LiveRecording.MaxFrames - 1, room.Count(more => more));
        Assert.Equal(LiveRecording.MaxFrames, recorder.ToRecording().Frames.Count);
    }

    [Theory]
    [InlineData(-5, 1)]
    [InlineData(0, 1)]
    [InlineData(0.19, 1)]
    [InlineData(0.21, 2)]
    [InlineData(1.01, 6)]
    [InlineData(1e9, 10)]
    public void AReplay_AtAPosition_HasTheLatestFrame(double seconds, int number)
    {
        var replay = new LiveReplay(LiveExample.Recording(frames: 10));

        Assert.Equal(number, replay.Recording.Frames[replay.IndexAt(seconds)].Number);
        Assert.Equal(1.8, replay.DurationSeconds, 6);
    }

    [Fact]
    public void AReplay_InTheMiddle_KnowsTheFramesBefore() =>
        Assert.Equal([3, 4, 5, 6], new LiveReplay(LiveExample.Recording(frames: 10)).Before(5, 0.61).Select(frame => frame.Number));

    private static async Task<string> TextAsync(LiveRecording recording)
    {
        using var stream = new MemoryStream();
        await LiveRecordingFile.WriteAsync(stream, recording, CancellationToken.None);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static async Task<LiveRecording> ReadAsync(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return await LiveRecordingFile.ReadAsync(stream, CancellationToken.None);
    }
}
