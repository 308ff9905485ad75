using System.Runtime.InteropServices;
using LatencyLab.Inference.Measurement.Hardware.Linux;

namespace LatencyLab.Inference.Sweeps;

/// <summary>How far this process' main memory grows between a beginning and the highest point after it.</summary>
internal sealed partial class PeakMemory : IDisposable
{
    private const string ResetFile = "/proc/self/clear_refs";
    private readonly KernelFile? _status = KernelFile.TryOpen("/proc/self/status");
    private long _before;
    private long _highest;

    /// <summary>Begins: gives back what is free, so that memory that others left does not hide what comes.</summary>
    public void Begin()
    {
        GC.Collect();
        TrimNative();
        ResetPeak();
        _before = _highest = Environment.WorkingSet;
    }

    /// <summary>Looks where the system keeps no peak of its own.</summary>
    public void Look() => _highest = Math.Max(_highest, Environment.WorkingSet);

    /// <summary>Growth up to now, in bytes.</summary>
    public long GrowthBytes()
    {
        Look();
        var peak = _status is null ? double.NaN : 1024 * NumberText.After(_status.Read(), "VmHWM:"u8);
        return Math.Max(0, (double.IsNaN(peak) ? _highest : (long)peak) - _before);
    }

    /// <inheritdoc/>
    public void Dispose() => _status?.Dispose();

    /// <summary>Sets the kernel's own peak back to what is in memory now; where that is refused, the peak stays that of the whole life.</summary>
    private static void ResetPeak()
    {
        try
        {
            if (File.Exists(ResetFile))
            {
                File.WriteAllText(ResetFile, "5");
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static void TrimNative()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }
        try
        {
            _ = MallocTrim(0);
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            // Another C library than GNU's: it keeps what it keeps.
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "malloc_trim")]
    private static partial int MallocTrim(nuint pad);
}
