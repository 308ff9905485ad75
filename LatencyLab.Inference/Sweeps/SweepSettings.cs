namespace LatencyLab.Inference.Sweeps;

/// <summary>What a sweep measures: every variant at every input size and batch size.</summary>
public sealed record SweepSettings
{
    /// <summary>Largest batch.</summary>
    public const int MaxBatch = 4096;

    /// <summary>Largest side of the input in pixels.</summary>
    public const int MaxInputPx = 4096;

    /// <summary>Most measured runs of a cell.</summary>
    public const int MaxRuns = 10_000;

    /// <summary>Most visits of a cell.</summary>
    public const int MaxRepetitions = 100;

    /// <summary>Most runs that a visit may warm up with.</summary>
    public const int MaxWarmupRuns = 1_000;

    /// <summary>The model.</summary>
    public required string ModelId { get; init; }

    /// <summary>The variants.</summary>
    public required IReadOnlyList<string> VariantIds { get; init; }

    /// <summary>Batch sizes, each 1 to <see cref="MaxBatch"/>.</summary>
    /// <value>The default value is 1, 2, 4, 8, 16.</value>
    public IReadOnlyList<int> Batches { get; init; } = [1, 2, 4, 8, 16];

    /// <summary>Sides of the square input in pixels, each 1 to <see cref="MaxInputPx"/>; empty for the model's own.</summary>
    /// <value>Empty by default.</value>
    public IReadOnlyList<int> SizesPx { get; init; } = [];

    /// <summary>Measured runs of a cell, over all its visits, 1 to <see cref="MaxRuns"/>.</summary>
    /// <value>The default value is 30.</value>
    public int Runs { get; init; } = 30;

    /// <summary>How often each cell is visited with a new session, so with a cold start, 1 to <see cref="MaxRepetitions"/>.</summary>
    /// <value>The default value is 3.</value>
    public int Repetitions { get; init; } = 3;

    /// <summary>
    /// Unmeasured runs of a visit after its first, at most, 0 to <see cref="MaxWarmupRuns"/>: they end earlier, once the time has settled
    /// or after three seconds.
    /// </summary>
    /// <value>The default value is 60.</value>
    public int WarmupRuns { get; init; } = 60;

    /// <summary>Seed of the order of visits.</summary>
    /// <value>The default value is 1.</value>
    public int Seed { get; init; } = 1;

    /// <summary>Measured runs of one visit.</summary>
    internal int RunsOfVisit => (Runs + Repetitions - 1) / Repetitions;

    /// <summary>What is wrong, in one sentence with the fix; null where nothing is.</summary>
    public string? Problem() =>
        VariantIds.Count == 0 ? "`variants` is empty: name one at least."
        : Batches.Count == 0 ? "`batches` is empty: name one at least."
        : OutOf(Batches, MaxBatch) is { } batch ? $"`batches` holds {batch}; each must be 1 to {MaxBatch}."
        : OutOf(SizesPx, MaxInputPx) is { } size ? $"`sizes` holds {size}; each must be 1 to {MaxInputPx} pixels."
        : Runs is < 1 or > MaxRuns ? $"`runs` must be 1 to {MaxRuns}, not {Runs}."
        : Repetitions is < 1 or > MaxRepetitions ? $"`repetitions` must be 1 to {MaxRepetitions}, not {Repetitions}."
        : WarmupRuns is < 0 or > MaxWarmupRuns ? $"`warmup` must be 0 to {MaxWarmupRuns}, not {WarmupRuns}."
        : null;

    private static int? OutOf(IReadOnlyList<int> values, int max) =>
        values.Where(value => value < 1 || value > max).Select(value => (int?)value).FirstOrDefault();
}
