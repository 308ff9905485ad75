using LatencyLab.Inference.Measurement.Hardware;

namespace LatencyLab.Tests.Measurement.Hardware;

public class HardwareSamplerTests
{
    [Fact]
    public void Monitor_AfterTheFirstSample_AllocatesNothing()
    {
        using var monitor = HardwareMonitor.Create();
        var values = new double[monitor.Metrics.Count];
        for (var i = 0; i < 50; i++)
        {
            monitor.Sample(values);
        }
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 100; i++)
        {
            monitor.Sample(values);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Monitor_OfThisMachine_SaysOfEachMetricWhatItIs()
    {
        using var monitor = HardwareMonitor.Create();

        Assert.All(monitor.Metrics, metric => Assert.True(metric.Unit.Length > 0 && metric.Description.EndsWith('.'), metric.Name));
        Assert.Equal(monitor.Metrics.Count, monitor.Metrics.Select(metric => metric.Name).Distinct().Count());
        Assert.Contains(monitor.Metrics, metric => metric.Name == "runtime.managed");
    }

    [Fact]
    public void ResidentMemory_AgreesWithTheRuntimes()
    {
        using var monitor = HardwareMonitor.Create();
        var values = new double[monitor.Metrics.Count];
        monitor.Sample(values);

        var resident = values[monitor.Metrics.ToList().FindIndex(metric => metric.Name == "process.resident")];

        Assert.InRange(resident / Environment.WorkingSet, 0.5, 2);
    }

    [Fact]
    public void Sampler_KeepsTheLatestSamplesAndItsCost()
    {
        using var source = new CountingSource();
        using var monitor = new HardwareMonitor([source], [new MissingMetric("gpu", "none")]);
        using var sampler = new HardwareSampler(monitor, TimeSpan.FromMilliseconds(10), capacity: 3);
        SpinWait.SpinUntil(() => sampler.Count > 4, TimeSpan.FromSeconds(30));
        sampler.Stop();

        var series = sampler.Read();

        var last = (double)sampler.Count;
        Assert.Equal([last - 2, last - 1, last], Assert.Single(series.Metrics).Values);
        Assert.Equal(last - 1, series.Metrics[0].Mean);
        Assert.Equal(series.TimesMs.Order(), series.TimesMs);
        Assert.Equal("gpu", Assert.Single(series.Missing).Name);
        Assert.True(series.Cost.ShareOfOneCore > 0 && series.Cost.MaxSampleMs >= series.Cost.MeanSampleMs);
    }

    [Fact]
    public void Values_ThatAreAbsent_AreNullInASeries()
    {
        using var source = new CountingSource { Value = _ => double.NaN };
        using var monitor = new HardwareMonitor([source], []);
        using var sampler = new HardwareSampler(monitor, TimeSpan.FromMilliseconds(10), capacity: 2);
        SpinWait.SpinUntil(() => sampler.Count > 1, TimeSpan.FromSeconds(30));

        var metric = Assert.Single(sampler.Read().Metrics);

        Assert.Null(metric.Mean);
        Assert.All(metric.Values, value => Assert.Null(value));
    }

    private sealed class CountingSource : IMetricSource
    {
        private int _samples;

        public Func<int, double> Value { get; init; } = count => count;

        public IReadOnlyList<HardwareMetric> Metrics { get; } = [new("test.count", "count", "Samples so far.")];

        public IReadOnlyList<MissingMetric> Missing => [];

        public void Sample(Span<double> values, double elapsedSeconds) => values[0] = Value(++_samples);

        public void Dispose()
        {
        }
    }
}
