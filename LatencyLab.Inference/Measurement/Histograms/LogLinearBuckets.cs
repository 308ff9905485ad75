using System.Numerics;

namespace LatencyLab.Inference.Measurement.Histograms;

/// <summary>
/// How durations fall into buckets: one a nanosecond up to 2,047 ns, then 1,024 of equal width in every octave up to 73 minutes. A
/// bucket's middle is therefore never further than 1/2,048 from what fell into it: three significant digits.
/// </summary>
internal static class LogLinearBuckets
{
    /// <summary>Buckets in each octave; written into saved histograms.</summary>
    public const int PerOctave = 1 << OctaveBits;

    /// <summary>Number of buckets.</summary>
    public const int Count = (HighestBit - OctaveBits + 2) * PerOctave;

    /// <summary>Longest duration that has a bucket of its own; longer ones fall into the last.</summary>
    public const long MaxNs = (1L << (HighestBit + 1)) - 1;

    private const int OctaveBits = 10;
    private const int HighestBit = 41;

    /// <summary>The bucket of a duration; what is negative counts as 0.</summary>
    public static int IndexOf(long ns)
    {
        var value = Math.Clamp(ns, 0, MaxNs);
        var shift = Math.Max(0, BitOperations.Log2((ulong)value) - OctaveBits);
        return (shift * PerOctave) + (int)(value >> shift);
    }

    /// <summary>Shortest duration of a bucket.</summary>
    public static long LowNs(int index)
    {
        var shift = ShiftOf(index);
        return (long)(index - (shift * PerOctave)) << shift;
    }

    /// <summary>Longest duration of a bucket.</summary>
    public static long HighNs(int index) => LowNs(index) + (1L << ShiftOf(index)) - 1;

    /// <summary>The duration that stands for a bucket.</summary>
    public static double MiddleNs(int index) => LowNs(index) + (((1L << ShiftOf(index)) - 1) / 2.0);

    private static int ShiftOf(int index) => Math.Max(0, (index / PerOctave) - 1);
}
