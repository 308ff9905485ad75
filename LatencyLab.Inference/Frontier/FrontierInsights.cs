using LatencyLab.Inference.Comparison;
using LatencyLab.Inference.Runtime;

namespace LatencyLab.Inference.Frontier;

/// <summary>Says what a reader should know before trusting a frontier.</summary>
internal static class FrontierInsights
{
    public static IReadOnlyList<Insight> Draw(EnvironmentFacts environment, string? dataSet, IReadOnlyList<FrontierRow> rows) =>
        [.. BusyMachine(environment), .. UnknownAccuracy(dataSet, rows)];

    private static IEnumerable<Insight> BusyMachine(EnvironmentFacts environment) => environment.Load1 > environment.LogicalCores
        ?
        [
            new("busy-machine", FormattableString.Invariant(
                $"The machine was busy (load {environment.Load1:0.0} on {environment.LogicalCores} cores). Interruptions hit the slow models more often than the fast ones, so the speedups are too large: measure again when it is quiet.")),
        ]
        : [];

    private static IEnumerable<Insight> UnknownAccuracy(string? dataSet, IReadOnlyList<FrontierRow> rows)
    {
        var models = rows.Where(row => row.Top1 is null).Select(row => row.ModelId).Distinct().ToArray();
        if (models.Length > 0)
        {
            var model = models.Length == 1 ? models[0] : "MODEL";
            var (on, option) = dataSet is null ? ("", "") : ($" on {dataSet}", $" --data-set {dataSet}");
            yield return new("unknown-accuracy",
                $"Not every accuracy of {string.Join(", ", models)}{on} is known. On pictures whose classes are known, this measures and keeps them: "
                + $"latencylab evaluate --model {model} --data PICTURES --write{option}");
        }
    }
}
