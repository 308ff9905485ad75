using System.Globalization;

namespace LatencyLab.Inference.Sweeps;

/// <summary>Where a cell is in the sweep.</summary>
/// <param name="VariantId">The variant.</param>
/// <param name="InputPx">Side of the square input in pixels.</param>
/// <param name="Batch">Pictures a run.</param>
public sealed record CellKey(string VariantId, int InputPx, int Batch)
{
    /// <summary>Numbers in the input tensor: batch, three channels, height, width.</summary>
    internal long InputNumbers => 3L * Batch * InputPx * InputPx;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{VariantId}, {InputPx} px, batch {Batch}");
}

/// <summary>One visit of a cell.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Repetition">Which of its visits, from 0.</param>
public sealed record VisitKey(CellKey Cell, int Repetition);
