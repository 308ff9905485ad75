using System.Globalization;
using LatencyLab.Inference.Measurement;

namespace LatencyLab.Inference.Comparison;

/// <summary>Holds the variants of two runs against each other. The runs need not share a machine, a version or a day.</summary>
/// <remarks>
/// The intervals know the scatter within each run, not what changed between the runs: another machine, another load, another version.
/// So a verdict says that the two runs differ, and leaves the cause to the reader.
/// </remarks>
public static class SeriesComparer
{
    /// <summary>Fewest samples on each side; with fewer, no order-statistic 95 % interval of a median exists (2 × 0.5⁶ ≤ 0.05).</summary>
    public const int MinSamples = 6;

    /// <summary>One difference a variant, measure and percentile, in the order of the first run, then what only the second has.</summary>
    /// <param name="left">The series of the first run.</param>
    /// <param name="right">The series of the second run.</param>
    /// <param name="acrossVariants">Whether series of different variants are held against each other; for runs of one variant each.</param>
    /// <param name="seed">Makes the bootstrap reproducible.</param>
    public static IReadOnlyList<SeriesDifference> Compare(
        IReadOnlyList<MeasuredSeries> left, IReadOnlyList<MeasuredSeries> right, bool acrossVariants = false, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        // Runs of one model each are held against each other even where the models differ; a zoo's rows need theirs to be told apart.
        var byModel = HasSeveralModels(left) || HasSeveralModels(right);
        (string, string, double, string) Key(MeasuredSeries series) =>
            (acrossVariants ? "" : series.VariantId, series.Measure, series.Percentile, byModel ? series.ModelId : "");
        var differences = new List<SeriesDifference>();
        foreach (var one in left)
        {
            differences.Add(Between(one, right.FirstOrDefault(other => Key(other) == Key(one)), seed));
        }
        differences.AddRange(right.Where(other => left.All(one => Key(one) != Key(other))).Select(other => Between(null, other, seed)));
        return differences;
    }

    private static bool HasSeveralModels(IReadOnlyList<MeasuredSeries> series) => series.Select(one => one.ModelId).Distinct().Count() > 1;

    private static SeriesDifference Between(MeasuredSeries? left, MeasuredSeries? right, int seed)
    {
        var known = left ?? right!;
        var difference = new SeriesDifference
        {
            VariantId = known.VariantId,
            Title = left is not null && right is not null && left.VariantId != right.VariantId ? $"{left.Title} → {right.Title}" : known.Title,
            Measure = known.Measure,
            Left = left,
            Right = right,
            Ratio = left?.ValueMs / right?.ValueMs is { } ratio && double.IsFinite(ratio) ? ratio : null,
            Evidence = Evidence.None,
            Rule = EvidenceRule.None,
            Reason = "",
        };
        if (left is null || right is null)
        {
            return difference with { Reason = $"Only the {(left is null ? "second" : "first")} run has this variant." };
        }
        if (difference.Ratio is null)
        {
            return difference with { Reason = $"It has no answer in the {(left.ValueMs is null ? "first" : "second")} run." };
        }
        if (Math.Min(SamplesOf(left), SamplesOf(right)) is var samples and < MinSamples)
        {
            return difference with { Reason = $"Too few samples: {samples} where each run needs at least {MinSamples}." };
        }
        return left.SamplesMs.Count > 0 && right.SamplesMs.Count > 0 ? ByBootstrap(difference, seed) : ByIntervals(difference);
    }

    private static int SamplesOf(MeasuredSeries series) => series.SamplesMs.Count > 0 ? series.SamplesMs.Count : series.Samples ?? int.MaxValue;

    private static SeriesDifference ByBootstrap(SeriesDifference difference, int seed)
    {
        var ratio = BootstrapRatio.Unpaired([.. difference.Left!.SamplesMs], [.. difference.Right!.SamplesMs], seed);
        var evidence = ratio.Ci95 switch
        {
            [> 1, _] => Evidence.Faster,
            [_, < 1] => Evidence.Slower,
            _ => Evidence.None,
        };
        var interval = string.Create(CultureInfo.InvariantCulture, $"{ratio.Ci95[0]:0.00}–{ratio.Ci95[1]:0.00}");
        return difference with
        {
            Ratio = ratio.Value,
            Ci95 = ratio.Ci95,
            Evidence = evidence,
            Rule = EvidenceRule.BootstrapRatio,
            Reason = evidence == Evidence.None
                ? $"The 95 % interval of the ratio, {interval}, contains 1."
                : $"The 95 % interval of the ratio, {interval}, does not contain 1.",
        };
    }

    private static SeriesDifference ByIntervals(SeriesDifference difference)
    {
        if (difference is not { Left.Ci95Ms: [var leftLow, var leftHigh], Right.Ci95Ms: [var rightLow, var rightHigh] })
        {
            return difference with { Reason = "A run keeps neither samples nor an interval of the value, so chance cannot be told from change." };
        }
        var evidence = rightHigh < leftLow ? Evidence.Faster : rightLow > leftHigh ? Evidence.Slower : Evidence.None;
        return difference with
        {
            Evidence = evidence,
            Rule = EvidenceRule.IntervalsDisjoint,
            Reason = evidence == Evidence.None ? "The 95 % intervals overlap." : "The 95 % intervals are disjoint.",
        };
    }
}
