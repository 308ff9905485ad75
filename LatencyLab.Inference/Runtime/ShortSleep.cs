using System.Runtime.InteropServices;

namespace LatencyLab.Inference.Runtime;

/// <summary>Sleeps for parts of a millisecond. .NET's own sleep knows whole milliseconds only.</summary>
internal static partial class ShortSleep
{
    private const long NsPerSecond = 1_000_000_000;
    private const long NsPerMillisecond = 1_000_000;

    /// <summary>How late a sleeper wakes at worst on an idle machine, in nanoseconds: sleep so much less, and spin for the rest.</summary>
    public static long LatenessNs { get; } = OperatingSystem.IsWindows() ? 16 * NsPerMillisecond : 120_000;

    /// <summary>Sleeps about as long as wished; a signal may end it early.</summary>
    /// <param name="ns">Nanoseconds.</param>
    public static void For(long ns)
    {
        if (OperatingSystem.IsWindows())
        {
            Thread.Sleep((int)(ns / NsPerMillisecond));
            return;
        }
        var (seconds, rest) = Math.DivRem(ns, NsPerSecond);
        _ = NanoSleep(new TimeSpec((nint)seconds, (nint)rest), 0);
    }

    [LibraryImport("libc", EntryPoint = "nanosleep")]
    private static partial int NanoSleep(in TimeSpec duration, nint remaining);

    private readonly record struct TimeSpec(nint Seconds, nint Nanoseconds);
}
