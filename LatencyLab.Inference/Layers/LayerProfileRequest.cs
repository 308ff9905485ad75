using LatencyLab.Inference.Sessions;

namespace LatencyLab.Inference.Layers;

/// <summary>What to profile, and how.</summary>
public sealed record LayerProfileRequest
{
    /// <summary>Most profiled runs.</summary>
    public const int MaxRuns = 1000;

    /// <summary>Most threads.</summary>
    public const int MaxThreads = 256;

    /// <summary>A local variant.</summary>
    public required Variant Variant { get; init; }

    /// <summary>Profiled runs, 1 to <see cref="MaxRuns"/>.</summary>
    /// <value>The default value is 50.</value>
    public int Runs { get; init; } = 50;

    /// <summary>Intra-op threads, 1 to <see cref="MaxThreads"/>; null takes as many as the variant does.</summary>
    /// <value>Null by default.</value>
    public int? Threads { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Runs, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Runs, MaxRuns);
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads ?? 1, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Threads ?? 1, MaxThreads);
        if (Variant.File is null)
        {
            throw new ArgumentException($"`{Variant.Options.Id}` runs on another machine: its layers cannot be seen from here.");
        }
    }
}
