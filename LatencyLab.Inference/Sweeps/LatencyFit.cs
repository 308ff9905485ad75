namespace LatencyLab.Inference.Sweeps;

/// <summary>
/// Latency as a straight line over batch size, by least squares over the medians: fixed time plus time a picture. That inference time is
/// linear in the mini-batch is the law of <em>On Serving Image Classification Models</em> (González-Vidal, Isenko, Jayaram, 2023); the
/// residuals show how well it holds here.
/// </summary>
public sealed record LatencyFit
{
    /// <summary>Fewest batch sizes: two points always lie on a line.</summary>
    public const int MinBatches = 3;

    /// <summary>The variant.</summary>
    public required string VariantId { get; init; }

    /// <summary>The model.</summary>
    public required string ModelId { get; init; }

    /// <summary>Side of the square input in pixels.</summary>
    public required int InputPx { get; init; }

    /// <summary>Time that a run takes however many pictures it has; may come out negative where the line does not hold.</summary>
    public required double FixedMs { get; init; }

    /// <summary>Time that each picture adds.</summary>
    public required double PerPictureMs { get; init; }

    /// <summary>Share of the medians' variance that the line explains, up to 1.</summary>
    public required double R2 { get; init; }

    /// <summary>Measured minus predicted, by batch size.</summary>
    public required IReadOnlyList<FitResidual> Residuals { get; init; }

    /// <summary>Fits one variant at one size; null with fewer than <see cref="MinBatches"/> cells that have numbers.</summary>
    /// <param name="cells">Cells that differ in batch size only.</param>
    public static LatencyFit? Of(IEnumerable<SweepCell> cells)
    {
        var points = cells.Where(cell => cell.P50Ms is not null).OrderBy(cell => cell.Batch).ToArray();
        if (points.Length < MinBatches)
        {
            return null;
        }
        double meanBatch = points.Average(cell => cell.Batch), meanMs = points.Average(cell => cell.P50Ms!.Value);
        var slope = points.Sum(cell => (cell.Batch - meanBatch) * (cell.P50Ms!.Value - meanMs))
            / points.Sum(cell => (cell.Batch - meanBatch) * (cell.Batch - meanBatch));
        var intercept = meanMs - (slope * meanBatch);
        FitResidual[] residuals = [.. points.Select(cell => FitResidual.Of(cell, intercept + (slope * cell.Batch)))];
        var variance = points.Sum(cell => (cell.P50Ms!.Value - meanMs) * (cell.P50Ms!.Value - meanMs));
        return new LatencyFit
        {
            VariantId = points[0].VariantId,
            ModelId = points[0].ModelId,
            InputPx = points[0].InputPx,
            FixedMs = intercept,
            PerPictureMs = slope,
            R2 = variance > 0 ? 1 - (residuals.Sum(residual => residual.ResidualMs * residual.ResidualMs) / variance) : 1,
            Residuals = residuals,
        };
    }
}

/// <summary>How far the line is from the measured median.</summary>
/// <param name="Batch">Pictures a run.</param>
/// <param name="PredictedMs">The line.</param>
/// <param name="ResidualMs">Measured minus predicted.</param>
/// <param name="Share">The residual over the measured median; 0.1 is 10 %.</param>
public sealed record FitResidual(int Batch, double PredictedMs, double ResidualMs, double Share)
{
    internal static FitResidual Of(SweepCell cell, double predictedMs) =>
        new(cell.Batch, predictedMs, cell.P50Ms!.Value - predictedMs, (cell.P50Ms.Value - predictedMs) / cell.P50Ms.Value);
}
