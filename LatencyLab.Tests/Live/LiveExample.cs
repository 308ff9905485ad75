using System.Text;
using LatencyLab.Inference.Live;
using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Runtime;

namespace LatencyLab.Tests.Live;

/// <summary>Frames and recordings as a run makes them.</summary>
internal static class LiveExample
{
    /// <summary>A frame, one every 200 ms; INT8 has too few answers for a p99.</summary>
    public static LiveFrame Frame(int number) => new()
    {
        Number = number,
        Seconds = 30 + (0.2 * number),
        TargetRps = 40,
        Turn = "control",
        CpuPercent = 62.5,
        MemoryBytes = 412_000_000,
        Variants = [Figures("control", 8.4, 800), Figures("int8", 3.1, 400)],
    };

    public static LiveVariantFigures Figures(string id, double p50Ms, long samples) => new()
    {
        Id = id,
        Samples = samples,
        P50Ms = p50Ms,
        P95Ms = samples >= 130 ? 1.5 * p50Ms : null,
        P99Ms = samples >= 662 ? 2 * p50Ms : null,
        OfferedRps = 40.2,
        AchievedRps = 39.9,
        Unsent = 0,
        Failed = 0,
        Stages = [new(Stage.Decode, 0.4 * p50Ms), new(Stage.Inference, 0.6 * p50Ms)],
        FirstBucket = 30,
        Buckets = [(int)samples / 4, (int)samples / 2, (int)samples / 4],
    };

    /// <summary>The file of a recording.</summary>
    public static async Task<string> TextOfAsync(LiveRecording recording)
    {
        using var stream = new MemoryStream();
        await LiveRecordingFile.WriteAsync(stream, recording, CancellationToken.None);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    public static LiveRecording Recording(int frames) => new()
    {
        CreatedAt = new DateTimeOffset(2026, 3, 14, 9, 26, 53, TimeSpan.Zero),
        ModelId = "cifar10_resnet9",
        ModelTitle = "CIFAR-10 ResNet-9",
        WindowSeconds = 60,
        Variants = [new("control", "Control"), new("int8", "INT8")],
        Environment = EnvironmentProbe.Read() with { Cpu = "A processor of 1997", Load1 = null },
        Frames = [.. Enumerable.Range(1, frames).Select(Frame)],
    };
}
