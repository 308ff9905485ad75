namespace LatencyLab.Inference.Layers;

/// <summary>The most that this machine was seen to do, through the runtime's own kernels: the roof that layers are held against.</summary>
public sealed record MachinePeak
{
    /// <summary>Billions of 32-bit floating-point multiply-adds a second.</summary>
    public required double Fp32GigaMultiplyAddsPerSecond { get; init; }

    /// <summary>Billions of 8-bit multiply-adds a second, unsigned activations by signed weights.</summary>
    public required double Int8GigaMultiplyAddsPerSecond { get; init; }

    /// <summary>Bandwidth to memory in 10⁹ bytes a second, read and written bytes together.</summary>
    public required double MemoryGigabytesPerSecond { get; init; }

    /// <summary>Threads that were used.</summary>
    public required int Threads { get; init; }

    /// <summary>When it was measured.</summary>
    public required DateTimeOffset MeasuredAt { get; init; }
}
