using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Measurement.Load;
using LatencyLab.Inference.Measurement.Load.Arrivals;

namespace LatencyLab.Tests.Measurement.Load;

public class LoadRunTests
{
    private static readonly TimeSpan Service = TimeSpan.FromMilliseconds(2);

    private readonly VirtualTime _time = new();

    [Fact]
    public async Task OpenLoop_WithAStallOfASecond_ShowsItInTheP99AndNotInTheNaiveOne()
    {
        var stalled = false;
        var target = new VirtualTarget(_time, sent => !stalled && sent >= TimeSpan.FromSeconds(5) && (stalled = true) ? TimeSpan.FromSeconds(1) : Service);

        var result = await RunAsync(target, Open(new ConstantArrivals(100)) with { Duration = TimeSpan.FromSeconds(20) });

        // Of 2,000 requests the 21st longest is the p99. The longest takes the whole second, and each behind it 10 - 2 ms less.
        const double ByHand = 1000 - (20 * (10 - 2));
        Assert.Equal(2000, result.Samples);
        Assert.Equal(ByHand, result.P99Ms!.Value, 0.1 * ByHand);
        Assert.Equal(2, result.NaiveP99Ms!.Value, 0.1);
        Assert.Equal(2, result.P50Ms!.Value, 0.1);
        Assert.Equal(1000, result.MaxMs!.Value, 1.0);
    }

    [Fact]
    public async Task OpenLoop_ThatKeepsUp_AchievesWhatIsOfferedWithoutSendError()
    {
        var result = await RunAsync(new VirtualTarget(_time, _ => Service), Open(new PoissonArrivals(200)));

        Assert.Equal(result.OfferedRps!.Value, result.AchievedRps, 0.01 * result.OfferedRps.Value);
        Assert.Equal(0, result.SendErrorP99Ms!.Value, 0.001);
        Assert.Equal(0, result.Unsent);
        Assert.Empty(result.Failures);
    }

    [Fact]
    public async Task OpenLoop_Overloaded_CountsWhatCannotWaitAsUnsentAndBunchesNothing()
    {
        var target = new VirtualTarget(_time, _ => TimeSpan.FromSeconds(1));

        var result = await RunAsync(target, Open(new ConstantArrivals(10)) with { MaxWaiting = 5 });

        Assert.Equal(100, result.Samples + result.Unsent);
        Assert.InRange(result.Samples, 9, 11);
        Assert.Equal(1, result.AchievedRps, 0.11);
        Assert.All(target.Sent.Zip(target.Sent.Skip(1)), pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromSeconds(1)));
    }

    [Theory]
    [InlineData(null, 10, 0)]
    [InlineData(20.0, 3, 7)]
    [InlineData(18.0, 2, 8)]
    public async Task Recorded_Schedule_CountsWhatTheMeasuredTimeLeavesOut(double? seconds, int sent, int leftOut)
    {
        var recorded = new RecordedArrivals(Enumerable.Range(1, 10).Select(arrival => TimeSpan.FromSeconds(6 * arrival)));

        var result = await RunAsync(
            new VirtualTarget(_time, _ => Service), Open(recorded) with { Duration = seconds is { } given ? TimeSpan.FromSeconds(given) : recorded.Duration });

        Assert.Equal((sent, leftOut), (result.Samples, result.LeftOut));
        Assert.Equal(0, result.Unsent);
        Assert.Equal(result.OfferedRps!.Value, result.AchievedRps, 9);
    }

    [Fact]
    public async Task OtherSchedules_LeaveNothingOut() =>
        Assert.Null((await RunAsync(new VirtualTarget(_time, _ => Service), Open(new ConstantArrivals(10)))).LeftOut);

    [Fact]
    public async Task OpenLoop_WhoseSenderIsHeldUp_CountsLateArrivalsAsUnsent()
    {
        _time.At(TimeSpan.FromSeconds(3.005), () => _time.Jump(TimeSpan.FromMilliseconds(500)));

        var result = await RunAsync(new VirtualTarget(_time, _ => Service), Open(new ConstantArrivals(100)));

        // Of the 50 arrivals in that half second, those of its last 100 ms are sent late and the others not at all.
        Assert.InRange(result.Unsent, 39, 41);
        Assert.Equal(1000, result.Samples + result.Unsent);
        Assert.InRange(result.Histograms.SendError!.MaxMs!.Value, 89, 101);
    }

    [Fact]
    public async Task WarmUp_HandsOverWithoutDrainingAndIsNotMeasured()
    {
        var target = new VirtualTarget(_time, sent => sent < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(3) : Service);

        var result = await RunAsync(target, Open(new ConstantArrivals(10)) with { Warmup = TimeSpan.FromSeconds(1), Callers = 20, Duration = TimeSpan.FromSeconds(5) });

        Assert.Equal(50, result.Samples);
        Assert.InRange(result.MaxMs!.Value, 0, 3);
        // The ten of the warm-up were still under way when the measurement began, at once.
        Assert.Contains(TimeSpan.FromSeconds(1), target.Sent);
        Assert.Equal(60 / 5.0, result.AchievedRps, 0.01);
    }

    [Fact]
    public async Task ClosedLoop_WithClients_KeepsEachBusy()
    {
        var result = await RunAsync(new VirtualTarget(_time, _ => TimeSpan.FromMilliseconds(10)), new LoadOptions { Callers = 4 });

        Assert.Equal(LoadMode.ClosedLoop, result.Mode);
        Assert.Equal(400, result.AchievedRps, 4.0);
        Assert.Equal(10, result.P99Ms!.Value, 0.01);
        Assert.Null(result.OfferedRps);
        Assert.Null(result.SendErrorP99Ms);
    }

    [Fact]
    public async Task Stages_OfAResult_AddUpToItsMean()
    {
        var result = await RunAsync(new VirtualTarget(_time, _ => TimeSpan.FromMilliseconds(8)), Open(new PoissonArrivals(80)));

        Assert.Equal([Stage.Queue, Stage.Inference, Stage.Other], result.Stages.Select(stage => stage.Stage));
        Assert.Equal(4, result.Stages[1].MeanMs, 0.01);
        Assert.Equal(result.MeanMs!.Value, result.Stages.Sum(stage => stage.MeanMs), 0.01 * result.MeanMs.Value);
    }

    [Fact]
    public async Task Failures_OfATarget_AreCountedByKindAndAreNoSamples()
    {
        var target = new VirtualTarget(_time, _ => Service, sent => sent.Milliseconds < 500 ? null : sent.Milliseconds < 900 ? "queue-full" : "timeout");

        var result = await RunAsync(target, Open(new ConstantArrivals(100)) with { Warmup = TimeSpan.Zero });

        Assert.Equal(400, result.Failures["queue-full"]);
        Assert.Equal(100, result.Failures["timeout"]);
        Assert.Equal(500, result.Samples);
    }

    [Fact]
    public async Task Answers_ThatNeverCome_AreFailuresInTheEnd()
    {
        var target = new VirtualTarget(_time, _ => TimeSpan.FromDays(1));

        var result = await RunAsync(target, Open(new ConstantArrivals(10)) with { Warmup = TimeSpan.Zero, Callers = 3, Patience = TimeSpan.FromSeconds(1) });

        Assert.Equal(100, result.Failures[LoadFailureKinds.Unanswered]);
        Assert.Equal(0, result.Samples);
        Assert.Null(result.P50Ms);
    }

    [Fact]
    public async Task Percentiles_BelowTheirMinimum_AreAbsent()
    {
        var result = await RunAsync(new VirtualTarget(_time, _ => Service), Open(new ConstantArrivals(66)));

        Assert.Equal(660, result.Samples);
        Assert.NotNull(result.P95Ms);
        Assert.Null(result.P99Ms);
        Assert.Null(result.P99Ci95Ms);
        Assert.Null(result.NaiveP99Ms);
    }

    [Fact]
    public async Task Timeline_OfARun_HasASecondApieceAndAllAnswers()
    {
        var result = await RunAsync(new VirtualTarget(_time, _ => Service), Open(new RampArrivals(0, 200, TimeSpan.FromSeconds(10))));

        Assert.InRange(result.Timeline.Count, 10, 11);
        Assert.Equal(result.Samples, result.Timeline.Sum(point => point.Completed));
        Assert.Equal(Enumerable.Range(1, 10).Select(second => (double)second), result.Timeline.Take(10).Select(point => point.SecondsFromStart));
        Assert.All(result.Timeline.Take(9).Zip(result.Timeline.Skip(1).Take(9)), pair => Assert.True(pair.Second.Completed > pair.First.Completed));
    }

    [Fact]
    public async Task Snapshots_OfARun_TellItsPhasesAndAddUp()
    {
        var snapshots = new List<LoadSnapshot>();

        var result = await RunAsync(new VirtualTarget(_time, _ => Service), Open(new ConstantArrivals(100)), new Collect(snapshots));

        Assert.Equal(LoadPhase.Warmup, snapshots[0].Phase);
        Assert.Contains(snapshots, snapshot => snapshot.Phase == LoadPhase.Measuring);
        Assert.InRange(snapshots.Count, 58, 61);
        Assert.InRange(snapshots.Sum(snapshot => snapshot.Interval.Completed), result.Samples - 20, result.Samples);
        Assert.Equal(snapshots.OrderBy(snapshot => snapshot.SecondsFromStart), snapshots);
        // An interval has 20 answers, too few for any percentile but the median; the window has enough.
        Assert.Null(snapshots[^1].Interval.P95Ms);
        Assert.Equal(2, snapshots[^1].Window.P99Ms!.Value, 0.1);
        Assert.Equal(100, snapshots[^2].AchievedRps, 6.0);
    }

    [Fact]
    public async Task Stop_InTheMiddle_EndsWithAResultOfWhatThereIs()
    {
        LoadRun? run = null;
        var known = new TaskCompletionSource();
        var target = new VirtualTarget(_time, _ => Service) { Ready = known.Task };
        _time.At(TimeSpan.FromSeconds(7), () => run!.Stop());

        run = Start(target, Open(new ConstantArrivals(100)));
        known.SetResult();
        var result = await run.Completion;

        Assert.Equal(5000, result.DurationMs, 20.0);
        Assert.Equal(100, result.AchievedRps, 1.0);
        run.Stop();
    }

    [Fact]
    public async Task Pause_InTheMiddle_SendsNothingAndStopsTheRunsTime()
    {
        LoadRun? run = null;
        var known = new TaskCompletionSource();
        var target = new VirtualTarget(_time, _ => Service) { Ready = known.Task };
        _time.At(TimeSpan.FromSeconds(6.001), () => run!.Pause());
        _time.At(TimeSpan.FromSeconds(26.001), () => run!.Resume());

        run = Start(target, Open(new ConstantArrivals(100)));
        known.SetResult();
        var result = await run.Completion;

        Assert.Equal(1000, result.Samples);
        Assert.Equal(10_000, result.DurationMs, 20.0);
        Assert.DoesNotContain(target.Sent, sent => sent.TotalSeconds is > 6.02 and < 26);
        Assert.InRange(result.MaxMs!.Value, 0, 3);
    }

    [Fact]
    public async Task Cancelling_ARun_EndsItWithoutAResult()
    {
        using var cancellation = new CancellationTokenSource();
        _time.At(TimeSpan.FromSeconds(4), cancellation.Cancel);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => LoadRun.Start(
            new VirtualTarget(_time, _ => Service), Open(new ConstantArrivals(100)), null, _time, cancellation.Token).Completion);
    }

    [Fact]
    public async Task Rate_ChangedWhileItRuns_TakesEffect()
    {
        var arrivals = new PoissonArrivals(50);
        _time.At(TimeSpan.FromSeconds(7), () => arrivals.RatePerSecond = 400);

        var result = await RunAsync(new VirtualTarget(_time, _ => TimeSpan.FromMilliseconds(1)), Open(arrivals));

        Assert.InRange(result.Timeline.Take(5).Average(point => point.Completed), 40, 60);
        Assert.InRange(result.Timeline.Skip(5).Take(5).Average(point => point.Completed), 360, 440);
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(-1, 10)]
    [InlineData(1, 0)]
    [InlineData(1, 1_000_001)]
    public void Start_WithAnOptionOutOfRange_IsRefused(double seconds, int maxWaiting) => Assert.Throws<ArgumentOutOfRangeException>(() =>
    {
        Start(new VirtualTarget(_time, _ => Service), new LoadOptions { Duration = TimeSpan.FromSeconds(seconds), MaxWaiting = maxWaiting });
    });

    private static LoadOptions Open(IArrivalSchedule schedule) => new() { Schedule = schedule };

    private LoadRun Start(VirtualTarget target, LoadOptions options) => LoadRun.Start(target, options, null, _time, CancellationToken.None);

    private Task<LoadResult> RunAsync(VirtualTarget target, LoadOptions options, IProgress<LoadSnapshot>? progress = null) =>
        LoadRun.Start(target, options, progress, _time, CancellationToken.None).Completion;

    private sealed class Collect(List<LoadSnapshot> snapshots) : IProgress<LoadSnapshot>
    {
        public void Report(LoadSnapshot value) => snapshots.Add(value);
    }
}
