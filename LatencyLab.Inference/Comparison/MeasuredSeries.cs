namespace LatencyLab.Inference.Comparison;

/// <summary>What one run measured of one variant: the part of a result that can be held against another run.</summary>
public sealed record MeasuredSeries
{
    /// <summary>The variant's identifier.</summary>
    public required string VariantId { get; init; }

    /// <summary>The model's identifier.</summary>
    public required string ModelId { get; init; }

    /// <summary>Name for people.</summary>
    public required string Title { get; init; }

    /// <summary>What was timed, for instance <c>total</c> or <c>inference</c>. Series of different measures are never compared.</summary>
    public required string Measure { get; init; }

    /// <summary>Number of measured samples; null where the run does not state it.</summary>
    public int? Samples { get; init; }

    /// <summary>Which percentile of the samples the value is, above 0 and below 1.</summary>
    /// <value>The default value is 0.5, the median.</value>
    public double Percentile { get; init; } = 0.5;

    /// <summary>The percentile in milliseconds; null where the variant has no answer, or too few for it.</summary>
    public double? ValueMs { get; init; }

    /// <summary>95 % interval of the value in milliseconds: lower and upper end; null where the run keeps none.</summary>
    public IReadOnlyList<double>? Ci95Ms { get; init; }

    /// <summary>The samples themselves in milliseconds; empty where the run keeps none. Only a median is judged by them.</summary>
    public IReadOnlyList<double> SamplesMs { get; init; } = [];

    /// <summary>Most that main memory grew by meanwhile, in bytes; null where the run does not state it.</summary>
    public long? PeakMemoryBytes { get; init; }

    /// <summary>Most of the session's arena that was in use at a time, in bytes; null where the run does not state it.</summary>
    public long? ArenaBytes { get; init; }

    /// <summary>The series of a comparison's variant: totals of the measured rounds.</summary>
    public static MeasuredSeries Of(VariantResult variant)
    {
        ArgumentNullException.ThrowIfNull(variant);
        return new MeasuredSeries
        {
            VariantId = variant.Id,
            ModelId = variant.ModelId,
            Title = variant.Title,
            Measure = "total",
            Samples = variant.Samples,
            ValueMs = variant.Total?.P50Ms,
            Ci95Ms = variant.Total?.Ci95Ms,
            SamplesMs = variant.SteadyMs,
        };
    }
}
