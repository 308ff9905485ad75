using LatencyLab.Inference.Sessions;

namespace LatencyLab.Tests.Sessions;

public class ClassifierGateTests
{
    [Fact]
    public async Task Enter_WithAFreePlace_IsImmediate()
    {
        var gate = new ClassifierGate(places: 2, queueLength: 0);

        using var first = await gate.EnterAsync(CancellationToken.None);
        using var second = await gate.EnterAsync(CancellationToken.None);

        await Assert.ThrowsAsync<GateFullException>(() => gate.EnterAsync(CancellationToken.None).AsTask());
    }

    [Fact]
    public async Task Enter_WhenFull_WaitsInOrder()
    {
        var gate = new ClassifierGate(places: 1, queueLength: 2);
        var first = await gate.EnterAsync(CancellationToken.None);
        var second = gate.EnterAsync(CancellationToken.None).AsTask();
        var third = gate.EnterAsync(CancellationToken.None).AsTask();

        Assert.Equal(2, gate.Waiting);
        first.Dispose();
        var entered = await second;
        Assert.False(third.IsCompleted);
        entered.Dispose();
        (await third).Dispose();
    }

    [Fact]
    public async Task EnterAlone_WhileOthersAreIn_WaitsForAllAndKeepsNewcomersOut()
    {
        var gate = new ClassifierGate(places: 2, queueLength: 5);
        var first = await gate.EnterAsync(CancellationToken.None);
        var second = await gate.EnterAsync(CancellationToken.None);
        var alone = gate.EnterAloneAsync(admitted: false, CancellationToken.None).AsTask();
        var newcomer = gate.EnterAsync(CancellationToken.None).AsTask();

        first.Dispose();
        Assert.False(alone.IsCompleted);
        second.Dispose();
        var pass = await alone;
        Assert.False(newcomer.IsCompleted);
        pass.Dispose();
        (await newcomer).Dispose();
    }

    [Fact]
    public async Task EnterAlone_AdmittedBefore_WaitsEvenWhenTheQueueIsFull()
    {
        var gate = new ClassifierGate(places: 1, queueLength: 0);
        var first = await gate.EnterAsync(CancellationToken.None);

        var admitted = gate.EnterAloneAsync(admitted: true, CancellationToken.None).AsTask();

        first.Dispose();
        (await admitted).Dispose();
    }

    [Fact]
    public async Task Cancelled_WhileWaiting_LeavesTheQueueAndItsPlaceToOthers()
    {
        var gate = new ClassifierGate(places: 2, queueLength: 5);
        var first = await gate.EnterAsync(CancellationToken.None);
        using var cancellation = new CancellationTokenSource();
        var alone = gate.EnterAloneAsync(admitted: false, cancellation.Token).AsTask();
        var behind = gate.EnterAsync(CancellationToken.None).AsTask();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => alone);
        (await behind).Dispose();
        first.Dispose();
        (await gate.EnterAloneAsync(admitted: false, CancellationToken.None)).Dispose();
    }

    [Fact]
    public async Task Places_UnderManyCallers_AreNeverExceededNorLost()
    {
        var gate = new ClassifierGate(places: 3, queueLength: 1000);
        int inside = 0, most = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, 300), async (i, cancellationToken) =>
        {
            using (await (i % 10 == 0 ? gate.EnterAloneAsync(false, cancellationToken) : gate.EnterAsync(cancellationToken)))
            {
                InterlockedMax(ref most, Interlocked.Increment(ref inside));
                await Task.Yield();
                Interlocked.Decrement(ref inside);
            }
        });
        Assert.InRange(most, 1, 3);
        (await gate.EnterAloneAsync(false, CancellationToken.None)).Dispose();
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); value > seen;)
        {
            var before = Interlocked.CompareExchange(ref target, value, seen);
            if (before == seen)
            {
                return;
            }
            seen = before;
        }
    }
}
