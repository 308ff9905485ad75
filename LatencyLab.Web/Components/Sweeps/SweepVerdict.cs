using LatencyLab.Inference.Sweeps;
using LatencyLab.Web.Components.Results;

namespace LatencyLab.Web.Components.Sweeps;

/// <summary>A sweep's answer in one sentence.</summary>
internal static class SweepVerdict
{
    /// <summary>Which cell answers most pictures a second, and what a batch costs the first of them.</summary>
    public static Verdict Of(SweepResult result, Func<string, string> titleOf)
    {
        if (result.Cells.Where(cell => cell.ThroughputPerSecond is not null).MaxBy(cell => cell.ThroughputPerSecond) is not { } best)
        {
            return new Verdict("No cell could be measured", "Each says why below.");
        }
        var single = result.Cells.FirstOrDefault(cell => cell.VariantId == best.VariantId && cell.InputPx == best.InputPx && cell.Batch == 1);
        return new Verdict(
            $"{titleOf(best.VariantId)} answers the most: {Figures.Significant(best.ThroughputPerSecond!.Value)} pictures a second at batch {Figures.Count(best.Batch)}",
            single is { P50Ms: { } alone } && best.Batch > 1
                ? $"A run of {Figures.Count(best.Batch)} takes {Figures.Ms(best.P50Ms!.Value)}, one picture alone {Figures.Ms(alone)}. {result.Environment.Cpu}, {Figures.Count(result.Environment.LogicalCores, "core")}."
                : $"A run takes {Figures.Ms(best.P50Ms!.Value)}. {result.Environment.Cpu}, {Figures.Count(result.Environment.LogicalCores, "core")}.");
    }
}
