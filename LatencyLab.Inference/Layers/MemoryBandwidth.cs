using System.Diagnostics;
using System.Numerics.Tensors;
using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Runtime;

namespace LatencyLab.Inference.Layers;

/// <summary>
/// Bandwidth to memory by the triad a = b × s + c (J. D. McCalpin: STREAM) over arrays that no cache holds. They are walked in chunks
/// of a fraction of a millisecond, of which the median counts, so that other processes that take the processor away do not.
/// </summary>
internal static class MemoryBandwidth
{
    private const int Arrays = 3;
    private const int ChunkFloats = 64 * 1024;
    private const long LeastBytes = 64L << 20;
    private const long MostBytes = 256L << 20;

    /// <summary>10⁹ bytes a second over all threads, two arrays read and one written.</summary>
    public static double MeasureGigabytesPerSecond(int threads, CancellationToken cancellationToken)
    {
        var total = Math.Clamp(2 * CacheSize.LargestBytes(), LeastBytes, MostBytes);
        var floats = (int)(total / Arrays / sizeof(float));
        using NativeBuffer a = new(floats), b = new(floats), c = new(floats);
        var parts = Math.Min(threads, floats / ChunkFloats);
        var rates = new double[parts];
        var options = new ParallelOptions { MaxDegreeOfParallelism = parts, CancellationToken = cancellationToken };
        Parallel.For(0, parts, options, part => rates[part] = Walk(a, b, c, part, floats / ChunkFloats / parts, cancellationToken));
        return rates.Sum();
    }

    private static double Walk(NativeBuffer a, NativeBuffer b, NativeBuffer c, int part, int chunks, CancellationToken cancellationToken)
    {
        var seconds = new double[chunks];
        for (var i = 0; i < chunks; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var start = ((part * chunks) + i) * ChunkFloats;
            var started = Stopwatch.GetTimestamp();
            TensorPrimitives.MultiplyAdd(
                b.Floats.Slice(start, ChunkFloats), 3f, c.Floats.Slice(start, ChunkFloats), a.Floats.Slice(start, ChunkFloats));
            seconds[i] = Stopwatch.GetElapsedTime(started).TotalSeconds;
        }
        Array.Sort(seconds);
        return Arrays * ChunkFloats * sizeof(float) / Percentile.Of(seconds, 0.5) / 1e9;
    }
}
