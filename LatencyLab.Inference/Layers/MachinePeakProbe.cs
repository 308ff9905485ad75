using System.Collections.Concurrent;

namespace LatencyLab.Inference.Layers;

/// <summary>
/// Measures the most that this machine does: large matrix products through the runtime's own kernels, so that the roof is one that
/// the runtime can reach, and a triad over more memory than the caches hold. Takes under two seconds, once in a process.
/// </summary>
public static class MachinePeakProbe
{
    private static readonly ConcurrentDictionary<int, MachinePeak> Measured = new();

    /// <summary>The peak with a number of threads; measured at the first call, remembered then.</summary>
    /// <param name="threads">Threads, at least 1.</param>
    /// <param name="cancellationToken">Stops between two runs.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is less than 1.</exception>
    public static MachinePeak Measure(int threads, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        return Measured.TryGetValue(threads, out var known) ? known : Measured.GetOrAdd(threads, MeasureNow(threads, cancellationToken));
    }

    private static MachinePeak MeasureNow(int threads, CancellationToken cancellationToken) => new()
    {
        Fp32GigaMultiplyAddsPerSecond = MatrixProduct.MeasureFp32(threads, cancellationToken),
        Int8GigaMultiplyAddsPerSecond = MatrixProduct.MeasureInt8(threads, cancellationToken),
        MemoryGigabytesPerSecond = MemoryBandwidth.MeasureGigabytesPerSecond(threads, cancellationToken),
        Threads = threads,
        MeasuredAt = DateTimeOffset.UtcNow,
    };
}
