using LatencyLab.Inference.Measurement.Hardware.Nvml;

namespace LatencyLab.Tests.Measurement.Hardware;

public class GpuSourceTests
{
    [Fact]
    public void Gpu_WithADriver_TellsItsState()
    {
        (FakeDriver.InitializeCode, FakeDriver.Devices, FakeDriver.Shutdowns) = (0, 1, 0);
        using (var source = GpuSource.TryStart(FakeDriver.Export, out _)!)
        {
            var values = new double[source.Metrics.Count];
            source.Sample(values, 1);
            var read = source.Metrics.Zip(values).ToDictionary(pair => pair.First.Name, pair => pair.Second);

            Assert.Equal(87, read["gpu0.utilization"]);
            Assert.Equal(41, read["gpu0.memoryUtilization"]);
            Assert.Equal(60e9, read["gpu0.memoryUsed"]);
            Assert.Equal(66, read["gpu0.temperature"]);
            Assert.Equal(1755, read["gpu0.clock"]);
            Assert.Equal(2619, read["gpu0.memoryClock"]);
            Assert.Equal(["gpu0.throttle.powerCap", "gpu0.throttle.thermal"], read.Where(pair => pair.Key.Contains("throttle") && pair.Value == 1).Select(pair => pair.Key));
            Assert.True(double.IsNaN(read["gpu0.power"]), "what the driver does not support has no value");
            Assert.Contains("Invented GPU", source.Metrics[0].Description, StringComparison.Ordinal);
        }
        Assert.Equal(1, FakeDriver.Shutdowns);
    }

    [Fact]
    public void Gpu_WhoseDriverRefuses_IsMissingWithTheReason()
    {
        FakeDriver.InitializeCode = 9;

        Assert.Null(GpuSource.TryStart(FakeDriver.Export, out var reason));
        Assert.Contains("code 9", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Driver_WithoutGpus_IsShutDownAgain()
    {
        (FakeDriver.InitializeCode, FakeDriver.Devices, FakeDriver.Shutdowns) = (0, 0, 0);

        Assert.Null(GpuSource.TryStart(FakeDriver.Export, out var reason));
        Assert.Contains("no GPU", reason, StringComparison.Ordinal);
        Assert.Equal(1, FakeDriver.Shutdowns);
    }

    [Fact]
    public void Driver_ThatIsTooOld_IsMissingWithTheReason()
    {
        Assert.Null(GpuSource.TryStart(name => throw new EntryPointNotFoundException($"no {name}"), out var reason));
        Assert.Contains("too old", reason, StringComparison.Ordinal);
    }
}
