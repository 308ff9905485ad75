namespace LatencyLab.Inference.Frontier;

/// <summary>Which models to measure, and how.</summary>
public sealed record FrontierRequest
{
    /// <summary>Most measured rounds.</summary>
    public const int MaxRounds = 1000;

    /// <summary>The model that the others are held against.</summary>
    public required string BaseModelId { get; init; }

    /// <summary>The models to measure beside the base; null for all with the base's labels.</summary>
    public IReadOnlyCollection<string>? ModelIds { get; init; }

    /// <summary>Measured rounds, 1 to <see cref="MaxRounds"/>.</summary>
    /// <value>The default value is 30.</value>
    public int Rounds { get; init; } = 30;

    /// <summary>Seed of the rounds' order and of the bootstrap.</summary>
    /// <value>The default value is 1.</value>
    public int Seed { get; init; } = 1;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Rounds, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Rounds, MaxRounds);
    }
}
