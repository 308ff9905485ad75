namespace LatencyLab.Inference.Measurement.Hardware;

/// <summary>The .NET runtime: managed memory, garbage collection and the thread pool; on every system.</summary>
internal sealed class RuntimeSource : IMetricSource
{
    private Counter _allocated;
    private Counter _collections;
    private Counter _fullCollections;
    private Counter _pauseMs;

    /// <inheritdoc/>
    public IReadOnlyList<HardwareMetric> Metrics { get; } =
    [
        new("runtime.managed", "bytes", "Memory of managed objects, living or not yet collected."),
        new("runtime.allocated", "bytes/s", "Managed memory that was allocated."),
        new("runtime.collections", "1/s", "Garbage collections of any generation."),
        new("runtime.fullCollections", "1/s", "Garbage collections of the oldest generation."),
        new("runtime.collectionPause", "%", "Time in which garbage collection held all managed threads."),
        new("runtime.threadPoolQueue", "count", "Work that waits for a thread of the pool."),
        new("runtime.threadPoolThreads", "count", "Threads of the pool."),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<MissingMetric> Missing => [];

    /// <inheritdoc/>
    public void Sample(Span<double> values, double elapsedSeconds)
    {
        values[0] = GC.GetTotalMemory(forceFullCollection: false);
        values[1] = _allocated.Rate(GC.GetTotalAllocatedBytes(), elapsedSeconds);
        values[2] = _collections.Rate(GC.CollectionCount(0), elapsedSeconds);
        values[3] = _fullCollections.Rate(GC.CollectionCount(GC.MaxGeneration), elapsedSeconds);
        values[4] = _pauseMs.Rate(GC.GetTotalPauseDuration().TotalMilliseconds, elapsedSeconds) / 10;
        values[5] = ThreadPool.PendingWorkItemCount;
        values[6] = ThreadPool.ThreadCount;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
