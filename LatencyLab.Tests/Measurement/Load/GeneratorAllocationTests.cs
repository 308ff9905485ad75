using LatencyLab.Inference.Measurement.Load;

namespace LatencyLab.Tests.Measurement.Load;

public class GeneratorAllocationTests
{
    // On a thread of the pool: a test's own thread would have continuations posted elsewhere.
    [Fact]
    public Task Generator_ForARequestAfterTheFirst_AllocatesNothing() => Task.Run(Generate);

    private static void Generate()
    {
        var time = new VirtualTime();
        var queue = new ArrivalQueue(maxWaiting: 10, callers: 1);
        var recorder = new LoadRecorder();
        recorder.MeasureFrom(0);
        _ = new LoadCaller(queue, new InstantTarget(), recorder, time).RunAsync(CancellationToken.None);
        Send(0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 1; i < 1000; i++)
        {
            Send(i);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(1000, recorder.Latency.NextInterval().Count);

        void Send(long intended)
        {
            Assert.True(queue.TryRelease(intended));
            recorder.RecordSent(intended, time.NowNs);
        }
    }

    private sealed class InstantTarget : ILoadTarget
    {
        public LoadTargetFacts Facts { get; } = new() { VariantId = "instant" };

        public int Parallelism => 1;

        public ValueTask CheckAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask<string?> SendAsync(LoadRequest request, CancellationToken cancellationToken) => default;
    }
}
