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
        Assert.Equal(times.TotalMs, Enum.GetValues<Stage>().Sum(stage => times[stage]), 6);
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
        Assert.Equal(requests.Average(request => request.TotalMs), stages.Sum(stage => stage.MeanMs), 6);
    }
}
