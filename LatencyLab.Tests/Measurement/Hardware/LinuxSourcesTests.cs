using LatencyLab.Inference.Measurement.Hardware;
using LatencyLab.Inference.Measurement.Hardware.Linux;

namespace LatencyLab.Tests.Measurement.Hardware;

public sealed class LinuxSourcesTests : IDisposable
{
    private readonly MachineFolder _machine = new();

    [Fact]
    public void Processor_BetweenTwoSamples_TellsEachShare()
    {
        _machine.With("proc/stat",
            "cpu  200 0 100 700 0 0 0 0 0 0\ncpu0 100 0 50 350 0 0 0 0 0 0\ncpu1 100 0 50 350 0 0 0 0 0 0\nintr 1000 1 2 3\nctxt 5000\nprocs_running 3\nprocs_blocked 1\n");
        using var source = new ProcessorSource(KernelFile.TryOpen(Path.Combine(_machine.Proc, "stat"))!);
        Read(source, 0);

        // 200 ticks more: 80 + 20 (nice) user, 30 + 5 + 5 system, 20 steal, 10 waiting, 30 idle; processor 1 slept.
        _machine.With("proc/stat",
            "cpu  280 20 130 830 10 5 5 20 0 0\ncpu0 180 20 80 380 10 5 5 20 0 0\ncpu1 100 0 50 450 0 0 0 0 0 0\nintr 3000 1 2 3\nctxt 6000\nprocs_running 7\nprocs_blocked 0\n");
        var values = Read(source, 2);

        Assert.Equal([80.0, 50, 20, 5, 10], new[] { "busy", "user", "system", "iowait", "steal" }.Select(name => values["cpu0." + name]));
        Assert.Equal(53.33, values["cpu.busy"], 2);
        Assert.Equal(0, values["cpu1.busy"]);
        Assert.Equal(500, values["system.contextSwitches"]);
        Assert.Equal(1000, values["system.interrupts"]);
        Assert.Equal(7, values["system.runnable"]);
        Assert.Equal(0, values["system.blocked"]);
    }

    [Fact]
    public void Rates_InTheFirstSample_AreAbsent()
    {
        _machine.With("proc/net/dev", "Inter-| Receive\n face |bytes\n    lo: 9 0 0 0 0 0 0 0 9 0 0 0 0 0 0 0\n  eth0: 1000 1 0 0 0 0 0 0 500 1 0 0 0 0 0 0\n");
        using var source = new NetworkSource(KernelFile.TryOpen(Path.Combine(_machine.Proc, "net/dev"))!);

        Assert.True(double.IsNaN(Read(source, 0)["network.received"]));
    }

    [Fact]
    public void Network_IsWithoutTheLoopback()
    {
        _machine.With("proc/net/dev", "Inter-| Receive\n face |bytes\n    lo: 9 0 0 0 0 0 0 0 9 0 0 0 0 0 0 0\n  eth0: 1000 1 0 0 0 0 0 0 500 1 0 0 0 0 0 0\n");
        using var source = new NetworkSource(KernelFile.TryOpen(Path.Combine(_machine.Proc, "net/dev"))!);
        Read(source, 0);
        _machine.With("proc/net/dev", "Inter-| Receive\n face |bytes\n    lo: 99999 0 0 0 0 0 0 0 99999 0 0 0 0 0 0 0\n  eth0: 3000 1 0 0 0 0 0 0 900 1 0 0 0 0 0 0\n");

        var values = Read(source, 4);

        Assert.Equal(500, values["network.received"]);
        Assert.Equal(100, values["network.sent"]);
    }

    [Fact]
    public void Disks_CountWholeDisksOnce()
    {
        _machine.With("sys/block/sda/size", "1").With("sys/block/loop0/size", "1");
        _machine.With("proc/diskstats", Disks(read: 100, written: 200, busyMs: 1000));
        using var source = new DiskSource(KernelFile.TryOpen(Path.Combine(_machine.Proc, "diskstats"))!, Path.Combine(_machine.Sys, "block"));
        Read(source, 0);
        _machine.With("proc/diskstats", Disks(read: 300, written: 600, busyMs: 1500));

        var values = Read(source, 2);

        Assert.Equal(200 * 512 / 2, values["disk.read"]);
        Assert.Equal(400 * 512 / 2, values["disk.written"]);
        Assert.Equal(25, values["disk.busy"]);
    }

    [Fact]
    public void Process_WithBracketsInItsName_IsRead()
    {
        _machine.With("proc/self/stat", "42 (a) b ) S 1 1 1 0 -1 4194304 100 7 3 9 50 30 0 0 20 0 12 0 555 1000 200 0\n");
        _machine.With("proc/self/status", "Name:\ta) b\nVmHWM:\t   3000 kB\nVmRSS:\t   2000 kB\n");
        using var source = new ProcessSource(Open("self/stat"), Open("self/status"));
        Read(source, 0);
        _machine.With("proc/self/stat", "42 (a) b ) S 1 1 1 0 -1 4194304 500 7 5 9 250 80 0 0 20 0 13 0 555 1000 200 0\n");

        var values = Read(source, 5);

        Assert.Equal(80, values["process.minorFaults"]);
        Assert.Equal(0.4, values["process.majorFaults"], 6);
        Assert.Equal(50, values["process.cpu"], 6);
        Assert.Equal(13, values["process.threads"]);
        Assert.Equal(2000 * 1024, values["process.resident"]);
        Assert.Equal(3000 * 1024, values["process.peakResident"]);
    }

    [Theory]
    [InlineData("sys/fs/cgroup/cpu.stat", "usage_usec 1\nthrottled_usec 1000000\n", "usage_usec 9\nthrottled_usec 2000000\n")]
    [InlineData("sys/fs/cgroup/cpu/cpu.stat", "nr_throttled 1\nthrottled_time 1000000000\n", "nr_throttled 9\nthrottled_time 2000000000\n")]
    public void Throttling_OfEitherControlGroup_IsAShareOfTime(string path, string before, string after)
    {
        _machine.With(path, before);
        using var source = ThrottleSource.TryOpen(Path.Combine(_machine.Sys, "fs", "cgroup"))!;
        Read(source, 0);
        _machine.With(path, after);

        Assert.Equal(50, Read(source, 2)["cgroup.throttled"], 6);
    }

    [Fact]
    public void Frequency_WithoutADriver_ComesFromTheProcessorList()
    {
        _machine.With("proc/cpuinfo", "processor\t: 0\ncpu MHz\t\t: 2000.500\n\nprocessor\t: 1\ncpu MHz\t\t: 3000.500\n");
        using var source = new FrequencySource(Path.Combine(_machine.Sys, "devices/system/cpu"), Path.Combine(_machine.Proc, "cpuinfo"));

        Assert.Equal(2500.5, Read(source, 1)["cpu.frequency"], 6);
    }

    [Fact]
    public void Monitor_OfAMachineThatTellsNothing_NamesWhatIsMissing()
    {
        using var monitor = _machine.Monitor();

        Assert.Empty(monitor.Metrics);
        Assert.Equal(
            ["cgroup.throttled", "cpu", "cpu.frequency", "disk", "memory", "network", "process", "system.load1"],
            monitor.Missing.Select(missing => missing.Name).Order());
        Assert.All(monitor.Missing, missing => Assert.NotEmpty(missing.Reason));
    }

    public void Dispose() => _machine.Dispose();

    private KernelFile Open(string path) => KernelFile.TryOpen(Path.Combine(_machine.Proc, path))!;

    private static Dictionary<string, double> Read(IMetricSource source, double elapsedSeconds)
    {
        var values = new double[source.Metrics.Count];
        source.Sample(values, elapsedSeconds);
        return source.Metrics.Zip(values).ToDictionary(pair => pair.First.Name, pair => pair.Second);
    }

    private static string Disks(int read, int written, int busyMs) =>
        $"   7 0 loop0 9 9 {read * 9} 9 9 9 {written * 9} 9 9 {busyMs * 9} 9\n"
        + $"   8 0 sda 1 1 {read} 1 1 1 {written} 1 0 {busyMs} 1 0 0 0 0\n"
        + $"   8 1 sda1 1 1 {read} 1 1 1 {written} 1 0 {busyMs} 1 0 0 0 0\n";
}
