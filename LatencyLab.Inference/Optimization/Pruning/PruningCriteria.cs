namespace LatencyLab.Inference.Optimization.Pruning;

/// <summary>The pruning criteria by the names that command line, page and API take and reports show.</summary>
public static class PruningCriteria
{
    /// <summary>The names, the default first.</summary>
    public static IReadOnlyList<string> Names { get; } = ["l1", "batchnorm"];

    /// <summary>The criterion of a name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="FormatException">There is no such criterion; the message says what there is.</exception>
    public static PruningCriterion Parse(string name) => name switch
    {
        "l1" => PruningCriterion.L1,
        "batchnorm" => PruningCriterion.BatchNorm,
        _ => throw new FormatException($"The criterion must be {string.Join(" or ", Names)}, not `{name}`."),
    };

    /// <summary>The name of a criterion.</summary>
    public static string NameOf(PruningCriterion criterion) => criterion == PruningCriterion.BatchNorm ? "batchnorm" : "l1";
}
