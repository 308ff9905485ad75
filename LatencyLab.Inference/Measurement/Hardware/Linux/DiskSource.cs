using System.Text;

namespace LatencyLab.Inference.Measurement.Hardware.Linux;

/// <summary>What whole disks read and write, from <c>/proc/diskstats</c>; partitions would count twice.</summary>
internal sealed class DiskSource : IMetricSource
{
    /// <summary>The kernel's unit here, whatever the disk's own is.</summary>
    private const double SectorBytes = 512;
    private readonly KernelFile _file;
    private readonly byte[][] _disks;
    private Counter _read;
    private Counter _written;
    private Counter _busyMs;

    /// <param name="file"><c>/proc/diskstats</c>.</param>
    /// <param name="blockDevices"><c>/sys/block</c>, whose entries are whole disks.</param>
    public DiskSource(KernelFile file, string blockDevices)
    {
        _file = file;
        var names = Directory.Exists(blockDevices) ? Directory.EnumerateFileSystemEntries(blockDevices).Select(Path.GetFileName) : [];
        _disks = [.. names.Where(IsDisk).Select(name => Encoding.UTF8.GetBytes(name!))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<HardwareMetric> Metrics { get; } =
    [
        new("disk.read", "bytes/s", "Read from all disks of the machine."),
        new("disk.written", "bytes/s", "Written to all disks of the machine."),
        new("disk.busy", "%", "Time in which disks had something to do; several add up."),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<MissingMetric> Missing => [];

    /// <inheritdoc/>
    public void Sample(Span<double> values, double elapsedSeconds)
    {
        var (read, written, busyMs) = (0.0, 0.0, 0.0);
        var lines = new NumberText(_file.Read());
        while (!lines.IsEmpty)
        {
            var line = lines.Line();
            line.Skip(2);
            if (!IsKnown(line.Word()))
            {
                continue;
            }
            line.Skip(2);
            read += SectorBytes * line.Number();
            line.Skip(3);
            written += SectorBytes * line.Number();
            line.Skip(2);
            busyMs += line.Number();
        }
        values[0] = _read.Rate(read, elapsedSeconds);
        values[1] = _written.Rate(written, elapsedSeconds);
        values[2] = _busyMs.Rate(busyMs, elapsedSeconds) / 10;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>Loop devices, compressed memory and software RAID pass on what other disks count already, or touch no disk.</summary>
    private static bool IsDisk(string? name) =>
        !Array.Exists(["loop", "ram", "zram", "dm-", "md"], prefix => name!.StartsWith(prefix, StringComparison.Ordinal));

    private bool IsKnown(ReadOnlySpan<byte> name)
    {
        foreach (var disk in _disks)
        {
            if (name.SequenceEqual(disk))
            {
                return true;
            }
        }
        return false;
    }
}
