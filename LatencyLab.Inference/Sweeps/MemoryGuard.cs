using System.Globalization;
using LatencyLab.Inference.Measurement.Hardware.Linux;

namespace LatencyLab.Inference.Sweeps;

/// <summary>
/// Refuses cells that would not fit into memory: the system would not refuse them, it would end the process. What a cell needs is its
/// input at least, and where the same variant was measured already, its growth by pixel.
/// </summary>
internal sealed class MemoryGuard
{
    private const double UsableShare = 0.9;
    private readonly Func<long> _available;
    private readonly Dictionary<string, double> _bytesPerNumber = [];

    /// <param name="available">Bytes that can still be had; the machine's by default.</param>
    public MemoryGuard(Func<long>? available = null) => _available = available ?? Available;

    /// <summary>Learns from a measured cell.</summary>
    public void Learn(CellVisit visit)
    {
        if (visit.PeakMemoryBytes is { } bytes && visit.Failure is null)
        {
            var (variant, rate) = (visit.Key.Cell.VariantId, (double)bytes / visit.Key.Cell.InputNumbers);
            // The smallest rate is that of the largest cells, where what is fixed (weights) matters least.
            _bytesPerNumber[variant] = Math.Min(rate, _bytesPerNumber.GetValueOrDefault(variant, double.MaxValue));
        }
    }

    /// <summary>Why a cell cannot be run; null where it can.</summary>
    public string? Refusal(CellKey cell)
    {
        var bytesPerNumber = Math.Max(sizeof(float), _bytesPerNumber.GetValueOrDefault(cell.VariantId));
        var (need, available) = (bytesPerNumber * cell.InputNumbers, _available());
        return cell.InputNumbers > int.MaxValue || need > UsableShare * available
            ? $"out of memory: needs {Gigabytes(need)} at least, and {Gigabytes(available)} are available"
            : null;
    }

    private static string Gigabytes(double bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB");

    private static long Available()
    {
        // The runtime's figure knows of the container's limit, the kernel's of what others take.
        var info = GC.GetGCMemoryInfo();
        var limit = info.TotalAvailableMemoryBytes - Math.Min(info.MemoryLoadBytes, info.TotalAvailableMemoryBytes);
        using var file = KernelFile.TryOpen("/proc/meminfo");
        var kernel = file is null ? double.NaN : 1024 * NumberText.After(file.Read(), "MemAvailable:"u8);
        return double.IsNaN(kernel) ? limit : (long)Math.Min(kernel, info.TotalAvailableMemoryBytes - Environment.WorkingSet);
    }
}
