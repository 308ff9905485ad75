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
}
