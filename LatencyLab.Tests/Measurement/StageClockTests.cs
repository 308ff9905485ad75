using System.Diagnostics;
using LatencyLab.Inference.Measurement;

namespace LatencyLab.Tests.Measurement;

public class StageClockTests
{
    [Fact]
    public void Stages_OfARequest_AddUpToItsTotal()
    {
        var clock = new StageClock();
        clock.Start();
        Thread.Sleep(4);
        clock.Mark(Stage.Decode);
        Thread.Sleep(2);
        clock.Mark(Stage.Inference);
        Thread.Sleep(1);
        clock.Mark(Stage.Decode);
        clock.Stop();

        var times = StageTimes.From(clock);

        Assert.True(times[Stage.Decode] >= 5 && times[Stage.Inference] >= 2);
        Assert.Equal(0, times[Stage.Resize]);
        Assert.Equal(times.TotalMs, Enum.GetValues<Stage>().Sum(stage => times[stage]), tolerance: 1e-6);
    }

    [Fact]
    public void Mark_OfAPartMeasuredElsewhere_SplitsTheSpanAndLosesNothing()
    {
        var clock = new StageClock();
        clock.Start();
        Thread.Sleep(2);
        clock.Mark(Stage.Inference, Stopwatch.Frequency / 1000, Stage.Network);
        clock.Stop();

        var times = StageTimes.From(clock);

        Assert.Equal(1, times[Stage.Inference], 6);
        Assert.True(times[Stage.Network] > 0);
        Assert.Equal(times.TotalMs, times[Stage.Inference] + times[Stage.Network] + times[Stage.Other], tolerance: 1e-6);
    }

    [Theory]
    [InlineData(long.MaxValue, Stage.Inference, Stage.Network)]
    [InlineData(-5, Stage.Network, Stage.Inference)]
    public void Mark_OfAPartThatDoesNotFit_GivesTheWholeSpanToOneStage(long ticks, Stage whole, Stage nothing)
    {
        var clock = new StageClock();
        clock.Start();
        Thread.Sleep(1);
        clock.Mark(Stage.Inference, ticks, Stage.Network);

        Assert.Equal(0, clock.TicksOf(nothing));
        Assert.InRange(clock.MillisecondsOf(whole), 1, double.MaxValue);
    }

    [Fact]
    public void Clock_Reused_ForgetsTheRequestBefore()
    {
        var clock = new StageClock();
        clock.Start();
        clock.Mark(Stage.Decode);
        clock.Start();
        clock.Stop();

        Assert.Equal(0, clock.TicksOf(Stage.Decode));
    }

    [Fact]
    public void Clock_Running_AllocatesNothing()
    {
        var clock = new StageClock();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            clock.Start();
            clock.Mark(Stage.Decode);
            clock.Stop();
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Summaries_OfRequests_ListPassedStagesInOrderWithOtherLast()
    {
        var requests = Enumerable.Range(0, 3).Select(_ =>
        {
            var clock = new StageClock();
            clock.Start();
            Thread.Sleep(1);
            clock.Mark(Stage.Inference);
            clock.Mark(Stage.Decode);
            clock.Stop();
            return StageTimes.From(clock);
        }).ToArray();

        var stages = Summaries.OfStages(requests);

        Assert.Equal([Stage.Decode, Stage.Inference, Stage.Other], stages.Select(stage => stage.Stage));
        Assert.Equal(requests.Average(request => request.TotalMs), stages.Sum(stage => stage.MeanMs), tolerance: 1e-6);
        Assert.InRange(stages.Sum(stage => stage.TypicalMs), requests.Min(request => request.TotalMs), requests.Max(request => request.TotalMs));
    }
}
