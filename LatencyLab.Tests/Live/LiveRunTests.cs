using LatencyLab.Inference.Live;
using LatencyLab.Inference.Measurement.Load;
using LatencyLab.Tests.Measurement.Load;

namespace LatencyLab.Tests.Live;

/// <summary>Live runs in virtual time: the machine's own speed has no part in them.</summary>
public class LiveRunTests
{
    private static readonly LiveRunOptions Minute = new() { Limit = TimeSpan.FromSeconds(60), RatePerSecond = 50 };

    private static TimeSpan Ms(double ms) => TimeSpan.FromMilliseconds(ms);

    [Fact]
    public async Task Variants_InTurns_AreMeasuredAsIfAlone()
    {
        var scene = new Scene();
        var (fast, slow) = (scene.Target(_ => Ms(2)), scene.Target(_ => Ms(8)));

        var frames = await scene.RunAsync(Minute, ("fast", fast), ("slow", slow));

        var last = frames[^1].Variants;
        Assert.Equal(["fast", "slow"], last.Select(variant => variant.Id));
        Assert.Equal(2, last[0].P50Ms!.Value, 0.01);
        Assert.Equal(8, last[1].P50Ms!.Value, 0.02);
        // Random arrivals at 40 % load: some wait for the one before, but the fast one never for the slow one.
        Assert.InRange(last[0].P99Ms!.Value, 2, 8);
        Assert.True(last[1].P99Ms > 16, $"p99 {last[1].P99Ms} ms");
        Assert.All(last, variant => Assert.Equal(0, variant.Unsent + variant.Failed));
    }

    [Fact]
    public async Task Turns_NeverOverlap()
    {
        var scene = new Scene();
        var (one, other) = (scene.Target(_ => Ms(15)), scene.Target(_ => Ms(15)));

        await scene.RunAsync(Minute with { RatePerSecond = 100 }, ("one", one), ("other", other));

        var requests = one.Sent.Select(at => (At: at, Of: 1)).Concat(other.Sent.Select(at => (At: at, Of: 2))).OrderBy(request => request.At).ToArray();
        Assert.All(requests.Zip(requests.Skip(1)), pair => Assert.True(
            pair.First.Of == pair.Second.Of || pair.Second.At >= pair.First.At + Ms(15), $"{pair.Second.At} lies in the answer of {pair.First.At}"));
    }

    [Fact]
    public async Task AVariant_ThatCannotKeepUp_ShowsItInRateAndUnsent()
    {
        var scene = new Scene();

        var frames = await scene.RunAsync(Minute with { RatePerSecond = 200 }, ("slow", scene.Target(_ => Ms(10))));

        var last = frames[^1].Variants[0];
        Assert.Equal(200, last.OfferedRps, 200 * 0.05);
        Assert.Equal(100, last.AchievedRps, 100 * 0.05);
        Assert.True(last.Unsent > 0);
        Assert.True(last.P50Ms > 100, $"p50 {last.P50Ms} ms");
    }

    [Fact]
    public async Task Latency_OfAStall_CountsFromTheIntendedStart()
    {
        var scene = new Scene();
        var stalled = false;
        var target = scene.Target(at => at > TimeSpan.FromSeconds(5) && !stalled && (stalled = true) ? Ms(1000) : Ms(1));

        var frames = await scene.RunAsync(Minute with { Limit = TimeSpan.FromSeconds(20) }, ("stalling", target));

        // Behind one answer of a second some fifty others waited, so a twentieth of all answers are slow, not one.
        Assert.True(frames[^1].Variants[0].P95Ms > 10, $"p95 {frames[^1].Variants[0].P95Ms} ms");
        Assert.Equal(1, frames[^1].Variants[0].P50Ms!.Value, 0.01);
    }

    [Fact]
    public async Task Percentiles_AppearWithEnoughAnswers()
    {
        var scene = new Scene();

        var frames = await scene.RunAsync(Minute, ("only", scene.Target(_ => Ms(1))));

        Assert.All(frames.SelectMany(frame => frame.Variants), variant =>
        {
            Assert.Equal(variant.Samples > 0, variant.P50Ms is not null);
            Assert.Equal(variant.Samples >= 130, variant.P95Ms is not null);
            Assert.Equal(variant.Samples >= 662, variant.P99Ms is not null);
        });
        Assert.NotNull(frames[^1].Variants[0].P99Ms);
    }

    [Fact]
    public async Task AFrame_AddsUp()
    {
        var scene = new Scene();

        var frames = await scene.RunAsync(Minute, ("only", scene.Target(_ => Ms(4))));

        var last = frames[^1].Variants[0];
        Assert.Equal(last.Samples, last.Buckets.Sum());
        var bucket = last.FirstBucket + last.Buckets.ToList().IndexOf(last.Buckets.Max());
        Assert.InRange(4, LiveBuckets.LowEdgeMs(bucket), LiveBuckets.LowEdgeMs(bucket + 1));
        Assert.True(last.Stages.Sum(mean => mean.MeanMs) >= 4);
        Assert.Equal([.. last.Stages.Select(mean => mean.Stage).Order()], last.Stages.Select(mean => mean.Stage));
        Assert.Equal(Enumerable.Range(1, frames.Count), frames.Select(frame => frame.Number));
        Assert.InRange(frames.Count, 60 * 5 - 2, 60 * 5 + 3);
    }

    [Fact]
    public async Task TheWindow_ForgetsWhatIsOld()
    {
        var scene = new Scene();
        var target = scene.Target(at => at < TimeSpan.FromSeconds(20) ? Ms(9) : Ms(3));

        var frames = await scene.RunAsync(Minute with { Window = TimeSpan.FromSeconds(10) }, ("changing", target));

        Assert.InRange(frames.Last(frame => frame.Seconds < 19).Variants[0].P50Ms!.Value, 8.9, 9.5);
        Assert.Equal(3, frames[^1].Variants[0].P50Ms!.Value, 0.01);
        Assert.InRange(frames[^1].Variants[0].Samples, 400, 600);
    }

    [Fact]
    public async Task AVariant_ThatFailsMidway_LeavesTheOthersStanding()
    {
        var scene = new Scene();
        var broken = scene.Target(_ => Ms(1), at => at > TimeSpan.FromSeconds(10) ? LoadFailureKinds.Inference : null);

        var frames = await scene.RunAsync(Minute, ("broken", broken), ("sound", scene.Target(_ => Ms(1))));

        var last = frames[^1].Variants;
        Assert.Contains("inference", last[0].Failure, StringComparison.Ordinal);
        Assert.Null(last[1].Failure);
        Assert.True(last[1].Samples > 1500, $"{last[1].Samples} answers");
        Assert.True(frames[^1].Seconds > 59);
    }

    [Fact]
    public async Task AVariant_ThatNeverAnswers_IsGivenUp()
    {
        var scene = new Scene();

        var frames = await scene.RunAsync(Minute, ("hung", scene.Target(_ => TimeSpan.FromHours(9))), ("sound", scene.Target(_ => Ms(1))));

        Assert.Contains("did not answer within 10 s", frames[^1].Variants[0].Failure, StringComparison.Ordinal);
        Assert.True(frames[^1].Variants[1].Samples > 1500);
    }

    [Fact]
    public async Task AVariant_ThatCannotTakePart_SaysWhy()
    {
        var scene = new Scene();
        var absent = new LiveVariant { Id = "absent", Title = "Absent", Failure = "The file is gone." };

        var frames = await scene.RunAsync(Minute, [absent, Scene.Variant("sound", scene.Target(_ => Ms(1)))]);

        Assert.Equal("The file is gone.", frames[^1].Variants[0].Failure);
        Assert.True(frames[^1].Variants[1].Samples > 0);
    }

    [Fact]
    public async Task ARun_WithNoVariantThatAnswers_IsRefused()
    {
        var scene = new Scene();
        var absent = new LiveVariant { Id = "absent", Title = "Absent", Failure = "The file is gone." };

        var error = await Assert.ThrowsAsync<LoadTargetException>(() => scene.RunAsync(Minute, [absent]));
        Assert.Equal("The file is gone.", error.Message);
    }

    [Fact]
    public async Task APause_StopsArrivalsAndTime()
    {
        var scene = new Scene();
        var target = scene.Target(_ => Ms(1));
        scene.At(10, run => run.Pause());
        scene.At(40, run => run.Resume());

        var frames = await scene.RunAsync(Minute with { Limit = TimeSpan.FromSeconds(20) }, ("only", target));

        Assert.DoesNotContain(target.Sent, at => at.TotalSeconds is > 10.02 and < 40);
        Assert.Contains(target.Sent, at => at.TotalSeconds > 45);
        Assert.InRange(frames[^1].Seconds, 19.9, 21.1);
        Assert.Equal(0, frames[^1].Variants[0].Unsent);
    }

    [Fact]
    public async Task AStop_EndsTheRunWithItsLastAnswers()
    {
        var scene = new Scene();
        var target = scene.Target(_ => Ms(1));
        scene.At(5, run => run.Stop());

        var frames = await scene.RunAsync(Minute, ("only", target));

        Assert.All(target.Sent, at => Assert.True(at.TotalSeconds < 5.1));
        Assert.Equal(target.Sent.Count, frames[^1].Variants[0].Samples);
    }

    [Fact]
    public async Task ANewRate_TakesEffectWhileItRuns()
    {
        var scene = new Scene();
        var target = scene.Target(_ => Ms(1));
        scene.At(30, run => run.RatePerSecond = 100);

        await scene.RunAsync(Minute with { RatePerSecond = 10 }, ("only", target));

        Assert.InRange(target.Sent.Count(at => at.TotalSeconds < 30), 200, 400);
        Assert.InRange(target.Sent.Count(at => at.TotalSeconds is > 31 and < 60), 2500, 3300);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.4)]
    [InlineData(201)]
    [InlineData(double.NaN)]
    public void ARate_OutOfItsRange_IsRefusedWithTheRange(double rate)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => LiveRunOptions.CheckedRate(rate));
        Assert.Contains("0.5 to 200", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Virtual time with what is needed to run in it.</summary>
    private sealed class Scene
    {
        private readonly VirtualTime _time = new();
        private readonly List<(double Seconds, Action<LiveRun> Act)> _acts = [];
        private readonly TaskCompletionSource _begun = new();

        public VirtualTarget Target(Func<TimeSpan, TimeSpan> service, Func<TimeSpan, string?>? failure = null) => new(_time, service, failure) { Ready = _begun.Task };

        public static LiveVariant Variant(string id, ILoadTarget target) => new() { Id = id, Title = id, Target = target };

        public void At(double seconds, Action<LiveRun> act) => _acts.Add((seconds, act));

        public Task<List<LiveFrame>> RunAsync(LiveRunOptions options, params (string Id, ILoadTarget Target)[] variants) =>
            RunAsync(options, [.. variants.Select(variant => Variant(variant.Id, variant.Target))]);

        public async Task<List<LiveFrame>> RunAsync(LiveRunOptions options, IReadOnlyList<LiveVariant> variants)
        {
            var frames = new Frames();
            LiveRun? run = null;
            foreach (var (seconds, act) in _acts)
            {
                _time.At(TimeSpan.FromSeconds(seconds), () => act(run!));
            }
            run = LiveRun.Start(variants, options, frames, _time, new NoMachine(), CancellationToken.None);
            _begun.SetResult();
            await run.Completion;
            return frames.All;
        }
    }

    private sealed class Frames : IProgress<LiveFrame>
    {
        public List<LiveFrame> All { get; } = [];

        public void Report(LiveFrame value) => All.Add(value);
    }

    private sealed class NoMachine : IMachineLoad
    {
        public (double? CpuPercent, long? MemoryBytes) Read() => (null, null);

        public void Dispose()
        {
        }
    }
}
