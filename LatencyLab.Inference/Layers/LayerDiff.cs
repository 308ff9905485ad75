using LatencyLab.Inference.Comparison;

namespace LatencyLab.Inference.Layers;

/// <summary>Two profiles of one model side by side, matched by the model's own layers.</summary>
public sealed record LayerDiff
{
    /// <summary>The profile that is held against.</summary>
    public required LayerProfile Left { get; init; }

    /// <summary>The other one.</summary>
    public required LayerProfile Right { get; init; }

    /// <summary>One row for each layer of the model that both profiles run, in the order of the model.</summary>
    public required IReadOnlyList<LayerDiffRow> Rows { get; init; }

    /// <summary>Layers that only the left one runs, for instance conversions that the runtime added.</summary>
    public required IReadOnlyList<LayerTime> UnmatchedLeft { get; init; }

    /// <summary>Layers that only the right one runs.</summary>
    public required IReadOnlyList<LayerTime> UnmatchedRight { get; init; }

    /// <summary>The rows by operator of the model, the longest on the left first.</summary>
    public required IReadOnlyList<OperatorDiff> ByOperator { get; init; }

    /// <summary>Why the right one is as much faster, and no more.</summary>
    public IReadOnlyList<Insight> Insights { get; init; } = [];
}

/// <summary>What all rows of one operator take on both sides.</summary>
/// <param name="OperatorType">The operator in the model, for instance <c>Conv</c>; every matrix product is <c>Gemm</c>.</param>
/// <param name="LeftMs">Sum of the left side's medians, in milliseconds.</param>
/// <param name="RightMs">Sum of the right side's medians, in milliseconds.</param>
/// <param name="Ratio">Left over right; null where either side takes no time.</param>
public sealed record OperatorDiff(string OperatorType, double LeftMs, double RightMs, double? Ratio);

/// <summary>What one layer of the model, with all that either side fuses to it, takes on both sides.</summary>
public sealed record LayerDiffRow
{
    /// <summary>Name in the model file.</summary>
    public required string OriginalLayer { get; init; }

    /// <summary>The longest of the left side's layers in this row; null where it runs none.</summary>
    public LayerTime? Left { get; init; }

    /// <summary>The longest of the right side's layers in this row; null where it runs none.</summary>
    public LayerTime? Right { get; init; }

    /// <summary>Sum of medians over all of the left side's layers in this row, in milliseconds.</summary>
    public required double LeftMs { get; init; }

    /// <summary>Sum of medians over all of the right side's layers in this row, in milliseconds.</summary>
    public required double RightMs { get; init; }

    /// <summary>Right less left, in milliseconds; negative where the right one is faster.</summary>
    public required double DeltaMs { get; init; }

    /// <summary>Left over right: how many times as fast the right one is; null where either side takes no time.</summary>
    public double? Ratio { get; init; }
}
