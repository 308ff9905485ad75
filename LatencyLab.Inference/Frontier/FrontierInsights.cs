using LatencyLab.Inference.Comparison;
using LatencyLab.Inference.Runtime;

namespace LatencyLab.Inference.Frontier;

/// <summary>Says what a reader should know before trusting a frontier.</summary>
internal static class FrontierInsights
{
    public static IReadOnlyList<Insight> Draw(EnvironmentFacts environment) => environment.Load1 > environment.LogicalCores
        ?
        [
            new("busy-machine", FormattableString.Invariant(
                $"The machine was busy (load {environment.Load1:0.0} on {environment.LogicalCores} cores). Interruptions hit the slow models more often than the fast ones, so the speedups are too large: measure again when it is quiet.")),
        ]
        : [];
}
