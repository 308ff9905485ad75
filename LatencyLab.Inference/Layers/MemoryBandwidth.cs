using System.Diagnostics;
using System.Numerics.Tensors;
using LatencyLab.Inference.Runtime;

namespace LatencyLab.Inference.Layers;

/// <summary>Bandwidth to memory by the triad a = b × s + c (J. D. McCalpin: STREAM) over arrays that no cache holds.</summary>
internal static class MemoryBandwidth
{
    private const int Passes = 4;
    private const int Arrays = 3;
    private const long LeastBytes = 64L << 20;
    private const long MostBytes = 256L << 20;

    /// <summary>10⁹ bytes a second, two arrays read and one written; the best of several passes.</summary>
    public static double MeasureGigabytesPerSecond(int threads, CancellationToken cancellationToken)
    {
        var total = Math.Clamp(2 * CacheSize.LargestBytes(), LeastBytes, MostBytes);
        var floats = (int)(total / Arrays / sizeof(float));
        using NativeBuffer a = new(floats), b = new(floats), c = new(floats);
        var best = TimeSpan.MaxValue;
        for (var pass = 0; pass < Passes; pass++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var started = Stopwatch.GetTimestamp();
            Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, part => Triad(a, b, c, part, threads));
            var elapsed = Stopwatch.GetElapsedTime(started);
            best = elapsed < best ? elapsed : best;
        }
        return Arrays * a.SizeBytes / best.TotalSeconds / 1e9;
    }

    private static void Triad(NativeBuffer a, NativeBuffer b, NativeBuffer c, int part, int parts)
    {
        var length = a.Floats.Length / parts;
        var range = part * length;
        TensorPrimitives.MultiplyAdd(b.Floats.Slice(range, length), 3f, c.Floats.Slice(range, length), a.Floats.Slice(range, length));
    }
}
