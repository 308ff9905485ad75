using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Inference.Comparison;

/// <summary>What to compare, and how.</summary>
public sealed record ComparisonRequest
{
    /// <summary>Most measured rounds.</summary>
    public const int MaxRounds = 1000;

    /// <summary>Most warm-up rounds.</summary>
    public const int MaxWarmupRounds = 100;

    /// <summary>The whole picture file.</summary>
    public required ReadOnlyMemory<byte> Encoded { get; init; }

    /// <summary>What is known of the picture.</summary>
    public required ImageFacts Image { get; init; }

    /// <summary>The variants, the control first; those that do not answer yet show that in the result.</summary>
    public required IReadOnlyList<VariantEntry> Variants { get; init; }

    /// <summary>Taking turns or all at once.</summary>
    public ComparisonMode Mode { get; init; } = ComparisonMode.Isolated;

    /// <summary>Measured rounds, 1 to <see cref="MaxRounds"/>.</summary>
    /// <value>The default value is 30.</value>
    public int Rounds { get; init; } = 30;

    /// <summary>Rounds before the measured ones, 0 to <see cref="MaxWarmupRounds"/>.</summary>
    /// <value>The default value is 5.</value>
    public int WarmupRounds { get; init; } = 5;

    /// <summary>After this time no further round begins; the result says how many there were.</summary>
    /// <value>The default value is 60 seconds.</value>
    public TimeSpan TimeBudget { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A single answer that takes longer is stopped, and its variant fails.</summary>
    /// <value>The default value is 30 seconds.</value>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Seed of the rounds' order and of the bootstrap.</summary>
    /// <value>The default value is 1.</value>
    public int Seed { get; init; } = 1;

    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Rounds, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Rounds, MaxRounds);
        ArgumentOutOfRangeException.ThrowIfNegative(WarmupRounds);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(WarmupRounds, MaxWarmupRounds);
    }
}
