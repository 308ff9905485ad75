using LatencyLab.Inference.Measurement;

namespace LatencyLab.Tests.Measurement;

public class BootstrapRatioTests
{
    [Fact]
    public void Paired_OverARatioOfTwo_FindsItWithAnIntervalAroundIt()
    {
        var random = new Random(1);
        var slow = Enumerable.Range(0, 200).Select(_ => 10 + random.NextDouble()).ToArray();
        var fast = slow.Select(sample => (sample / 2) + (0.1 * random.NextDouble())).ToArray();

        var speedup = BootstrapRatio.Paired(slow, fast);

        Assert.InRange(speedup.Value, 1.95, 2.0);
        Assert.True(speedup.Ci95[0] <= speedup.Value && speedup.Value <= speedup.Ci95[1]);
        Assert.True(speedup.Ci95[1] - speedup.Ci95[0] < 0.1);
    }

    [Fact]
    public void Paired_WithADriftThatHitsBothSides_StaysSharperThanUnpaired()
    {
        var slow = Enumerable.Range(0, 100).Select(i => 10.0 + (0.2 * i)).ToArray();
        var fast = slow.Select(sample => sample / 3).ToArray();

        var paired = BootstrapRatio.Paired(slow, fast);
        var unpaired = BootstrapRatio.Unpaired(slow, fast);

        Assert.Equal(3, paired.Value, 6);
        Assert.True(paired.Ci95[1] - paired.Ci95[0] < unpaired.Ci95[1] - unpaired.Ci95[0]);
    }

    [Fact]
    public void Paired_Repeated_GivesTheSameInterval() =>
        Assert.Equal(BootstrapRatio.Paired([3, 4, 5], [1, 2, 2]).Ci95, BootstrapRatio.Paired([3, 4, 5], [1, 2, 2]).Ci95);

    [Fact]
    public void Paired_WithUnequalLengths_IsRefused() =>
        Assert.Throws<ArgumentException>(() => BootstrapRatio.Paired([1, 2], [1]));
}
