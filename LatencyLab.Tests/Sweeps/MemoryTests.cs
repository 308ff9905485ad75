using LatencyLab.Inference.Runtime;
using LatencyLab.Inference.Sweeps;

namespace LatencyLab.Tests.Sweeps;

public class MemoryTests
{
    private const int Megabytes200 = 50_000_000;

    [Fact]
    public void Peak_OfMemoryThatWasGivenBack_IsSeen()
    {
        using var memory = new PeakMemory();
        memory.Begin();
        using (var buffer = new NativeBuffer(Megabytes200))
        {
            buffer.Floats.Fill(1);
            memory.Look();
        }

        // Other tests of this process may take and give back at the same time.
        Assert.InRange(memory.GrowthBytes(), 150_000_000, 1_000_000_000);
    }

    [Fact]
    public void Guard_RefusesAnInputThatDoesNotFit()
    {
        var guard = new MemoryGuard(() => 1_000_000_000);

        Assert.Contains("out of memory: needs 2.5 GB at least, and 1.0 GB are available", guard.Refusal(new CellKey("v", 224, 4096)), StringComparison.Ordinal);
        Assert.Null(guard.Refusal(new CellKey("v", 224, 64)));
    }

    [Fact]
    public void Guard_LearnsWhatAVariantNeedsByPixel()
    {
        var guard = new MemoryGuard(() => 1_000_000_000);
        guard.Learn(new CellVisit { Key = new(new CellKey("v", 224, 8), 0), PeakMemoryBytes = 200_000_000 });

        Assert.NotNull(guard.Refusal(new CellKey("v", 224, 64)));
        Assert.Null(guard.Refusal(new CellKey("v", 224, 16)));
        Assert.Null(guard.Refusal(new CellKey("other", 224, 64)));
    }
}
