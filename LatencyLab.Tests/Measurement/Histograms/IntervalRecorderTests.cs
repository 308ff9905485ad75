using LatencyLab.Inference.Measurement.Histograms;

namespace LatencyLab.Tests.Measurement.Histograms;

public class IntervalRecorderTests
{
    [Fact]
    public void NextInterval_AfterAnother_HasOnlyWhatCameSince()
    {
        var recorder = new IntervalRecorder();
        recorder.RecordNs(1000);
        recorder.RecordNs(2000);
        Assert.Equal(2, recorder.NextInterval().Count);

        recorder.RecordNs(1000);

        var interval = recorder.NextInterval();
        Assert.Equal(1, interval.Count);
        Assert.Equal(0.001, interval.MaxMs);
        Assert.Equal(3, recorder.Seen.Count);
        Assert.Equal(0, recorder.NextInterval().Count);
    }

    [Fact]
    public async Task Intervals_TakenWhileManyThreadsRecord_AddUpToEverythingRecorded()
    {
        const int Threads = 4, Each = 200_000;
        var recorder = new IntervalRecorder();
        var sum = new LatencyHistogram();
        var writers = Task.WhenAll(Enumerable.Range(1, Threads).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
            {
                recorder.RecordNs((thread * 1000) + (i % 100));
            }
        })));
        while (!writers.IsCompleted)
        {
            sum.Add(recorder.NextInterval());
        }
        await writers;
        sum.Add(recorder.NextInterval());

        Assert.Equal(Threads * Each, sum.Count);
        Assert.Equal(recorder.Snapshot().ToJson(), sum.ToJson());
    }

    [Fact]
    public void NextInterval_AgainAndAgain_AllocatesNothing()
    {
        var recorder = new IntervalRecorder();
        recorder.NextInterval();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++)
        {
            recorder.RecordNs(i);
            recorder.NextInterval();
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
