using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Measurement.Histograms;
using MathNet.Numerics.Distributions;

namespace LatencyLab.Tests.Measurement;

/// <summary>A 95 % interval holds the true value in about 95 of 100 runs, or it is no 95 % interval.</summary>
public class IntervalCoverageTests
{
    private const int Runs = 1000;

    [Theory]
    [InlineData(0.5, 200)]
    [InlineData(0.5, 1000)]
    [InlineData(0.9, 1000)]
    [InlineData(0.95, 1000)]
    [InlineData(0.95, 5000)]
    [InlineData(0.99, 2000)]
    [InlineData(0.99, 5000)]
    public void PercentileInterval_OverSimulatedRuns_CoversTheTrueValueAsPromised(double p, int count)
    {
        var random = new Random(11);
        var truth = LogNormal.InvCDF(Math.Log(2e6), 0.7, p) / 1e6;
        var histogram = new LatencyHistogram();
        var (exact, counted) = (0, 0);
        for (var run = 0; run < Runs; run++)
        {
            var samples = new double[count];
            LogNormal.Samples(random, samples, Math.Log(2e6), 0.7);
            histogram.Clear();
            Array.ForEach(samples, ns => histogram.RecordNs((long)ns));
            Array.Sort(samples);
            var (low, high) = Percentile.Interval(samples, p);
            exact += low / 1e6 <= truth && truth <= high / 1e6 ? 1 : 0;
            counted += histogram.IntervalMs(p) is [var from, var to] && from <= truth && truth <= to ? 1 : 0;
        }

        Assert.InRange(exact, 930, 970);
        Assert.InRange(counted, 930, 970);
    }

    [Theory]
    [InlineData(30, 0)]
    [InlineData(30, 0.05)]
    [InlineData(61, 0.02)]
    [InlineData(100, 0.05)]
    public void SpeedupInterval_OverSimulatedRuns_CoversTheTrueRatioAsPromised(int rounds, double disturbance)
    {
        var random = new Random(12);
        var covered = 0;
        var (control, variant) = (new double[rounds], new double[rounds]);
        for (var run = 0; run < Runs; run++)
        {
            for (var round = 0; round < rounds; round++)
            {
                // What disturbs a round disturbs both sides; each has noise of its own beside it. The true ratio of medians is 2.5.
                var shared = LogNormal.Sample(random, 0, disturbance);
                control[round] = 10 * shared * LogNormal.Sample(random, 0, 0.04);
                variant[round] = 4 * shared * LogNormal.Sample(random, 0, 0.06);
            }
            var interval = BootstrapRatio.Paired(control, variant, seed: run).Ci95;
            covered += interval[0] <= 2.5 && 2.5 <= interval[1] ? 1 : 0;
        }

        Assert.InRange(covered, 930, 970);
    }
}
