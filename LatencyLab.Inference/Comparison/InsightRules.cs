using System.Globalization;
using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Runtime;

namespace LatencyLab.Inference.Comparison;

/// <summary>Conclusions that the numbers of a comparison allow, in plain sentences.</summary>
internal static class InsightRules
{
    /// <summary>Share of a variant's time outside the model from which it is worth saying so.</summary>
    private const double NotableShare = 0.4;

    private const double NotableContention = 1.15;

    public static IReadOnlyList<Insight> Draw(ComparisonResult result, ComparisonRequest request)
    {
        var standing = result.Variants.Where(variant => variant is { Failure: null, Total: not null }).ToArray();
        return [.. Agreement(standing)
            .Concat(Evidence(standing))
            .Concat(Amdahl(standing))
            .Concat(Contention(standing, result.Mode))
            .Concat(Saturation(standing))
            .Concat(Load(result.Environment))
            .Concat(Budget(result, request))];
    }

    private static IEnumerable<Insight> Agreement(VariantResult[] standing) =>
        from variant in standing
        where variant.AgreesWithControl == false
        let control = standing[0].Predictions[0]
        let own = variant.Predictions[0]
        select new Insight("disagreement",
            $"{variant.Title} sees {own.Label} ({Percent(own.Probability)}) where the control sees {control.Label} ({Percent(control.Probability)}): "
            + "its speed is bought with a different answer on this picture.");

    private static IEnumerable<Insight> Evidence(VariantResult[] standing) =>
        from variant in standing
        where variant.Speedup is { Ci95: [<= 1, >= 1] }
        select new Insight("no-evidence",
            $"Over {variant.Samples} rounds there is no evidence that {variant.Title} is faster or slower than the control: the interval of its speedup includes 1.");

    /// <summary>Amdahl's bound (1967): what is not the model stays, however fast the model becomes.</summary>
    private static IEnumerable<Insight> Amdahl(VariantResult[] standing)
    {
        if (standing.MinBy(variant => variant.Total!.P50Ms) is not { } fastest)
        {
            yield break;
        }
        var outside = fastest.Stages.Where(stage => stage.Stage is not (Stage.Inference or Stage.Network)).ToArray();
        var share = outside.Sum(stage => stage.MeanMs) / fastest.Total!.MeanMs;
        if (share >= NotableShare && outside.MaxBy(stage => stage.MeanMs) is { } largest)
        {
            var bound = 1 / share;
            yield return new Insight("amdahl",
                $"{Percent(share)} of {fastest.Title}'s time is spent outside the model, most of it in {Name(largest.Stage)} "
                + $"({Percent(largest.MeanMs / fastest.Total.MeanMs)}): even an infinitely fast model would gain at most {Times(bound)} more.");
        }
    }

    private static IEnumerable<Insight> Contention(VariantResult[] standing, ComparisonMode mode)
    {
        if (mode == ComparisonMode.Race
            && standing.Where(variant => variant.ContentionCost is not null).MaxBy(variant => variant.ContentionCost!.Value) is { } worst
            && worst.ContentionCost!.Value >= NotableContention && worst.ContentionCost.Ci95[0] > 1)
        {
            yield return new Insight("contention",
                $"Racing costs {worst.Title} {Times(worst.ContentionCost.Value)} its time alone: the variants compete for the same cores. Quote the isolated numbers.");
        }
    }

    private static IEnumerable<Insight> Saturation(VariantResult[] standing)
    {
        if (CpuCapabilities.Current.NeedsSevenBitWeights && standing.Any(variant => variant.Precision == Precisions.Int8))
        {
            yield return new Insight("int8-path",
                "This processor has no VNNI: INT8 weights are kept to 7 bits so that sums do not saturate. Expect a smaller speedup than on newer processors.");
        }
    }

    private static IEnumerable<Insight> Load(EnvironmentFacts environment)
    {
        if (environment.Load1 > environment.LogicalCores)
        {
            yield return new Insight("busy-machine", string.Create(CultureInfo.InvariantCulture,
                $"The machine was busy (load {environment.Load1:0.0} on {environment.LogicalCores} cores): trust the ratios, not the milliseconds."));
        }
    }

    private static IEnumerable<Insight> Budget(ComparisonResult result, ComparisonRequest request)
    {
        if (result.Rounds > 0 && result.Rounds < request.Rounds)
        {
            yield return new Insight("time-budget",
                $"Stopped after {result.Rounds} of {request.Rounds} rounds: the comparison's time of {request.TimeBudget.TotalSeconds:0} s was over.");
        }
    }

    private static string Name(Stage stage) => stage.ToString().ToLowerInvariant();

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0} %");

    private static string Times(double ratio) => string.Create(CultureInfo.InvariantCulture, $"{ratio:0.0}×");
}
