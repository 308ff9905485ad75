namespace LatencyLab.Inference.Sweeps;

/// <summary>What one visit of a cell measured: a new session, its first run, the runs until its time settled, the measured ones.</summary>
internal sealed record CellVisit
{
    /// <summary>Which visit.</summary>
    public required VisitKey Key { get; init; }

    /// <summary>Creation of the session and first run; null where that failed.</summary>
    public double? ColdStartMs { get; init; }

    /// <summary>Runs after the first until the time settled, in milliseconds.</summary>
    public IReadOnlyList<double> WarmupMs { get; init; } = [];

    /// <summary>Measured runs, in milliseconds.</summary>
    public IReadOnlyList<double> RunsMs { get; init; } = [];

    /// <summary>How far main memory grew at its peak; null where the system does not tell.</summary>
    public long? PeakMemoryBytes { get; init; }

    /// <summary>Most of the session's arena that was in use at a time; null where the runtime does not tell.</summary>
    public long? ArenaBytes { get; init; }

    /// <summary>What the monitor saw before and during the cold start, and what is known of the cell.</summary>
    public IReadOnlyDictionary<string, double> Features { get; init; } = new Dictionary<string, double>();

    /// <summary>Why it failed; null where it did not.</summary>
    public string? Failure { get; init; }
}
