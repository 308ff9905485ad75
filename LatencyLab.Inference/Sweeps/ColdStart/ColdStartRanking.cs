using System.Globalization;

namespace LatencyLab.Inference.Sweeps.ColdStart;

/// <summary>Ranks the features that explain cold-start time.</summary>
internal static class ColdStartRanking
{
    /// <summary>Below this number of cold starts nothing is ranked.</summary>
    public const int MinRuns = 30;

    /// <summary>Features in the ranking at most.</summary>
    public const int Top = 15;
    private const int Shuffles = 10;
    private const int Seed = 1;

    /// <summary>Below this share explained, the ranking is called weak.</summary>
    private const double Convincing = 0.3;

    /// <summary>Explains collected cold starts.</summary>
    public static ColdStartExplanation Explain(IEnumerable<CellVisit> visits) =>
        Explain([.. visits.OrderBy(visit => visit.Key.ToString(), StringComparer.Ordinal).Select(visit => (visit.ColdStartMs!.Value, visit.Features))]);

    /// <summary>Explains times by features.</summary>
    public static ColdStartExplanation Explain(IReadOnlyList<(double Milliseconds, IReadOnlyDictionary<string, double> Features)> runs)
    {
        string[] names = runs.Count == 0 ? [] : [.. runs[0].Features.Keys.Where(Varies).Order(StringComparer.Ordinal)];
        if (runs.Count < MinRuns || names.Length == 0)
        {
            return Without(runs.Count, runs.Count < MinRuns
                ? string.Create(CultureInfo.InvariantCulture, $"Too few runs: {runs.Count} cold starts, {MinRuns} are needed. Raise the repetitions or add cells.")
                : "No feature differs between the runs.");
        }
        var rows = runs.Select(run => names.Select(name => run.Features[name]).ToArray()).ToArray();
        // Cold starts spread over decades: their ratios count, not their differences.
        var forest = new RandomForest(rows, [.. runs.Select(run => Math.Log(run.Milliseconds))], Seed);
        var random = new Random(Seed);
        var ranked = names
            .Select((name, feature) => (Name: name, Importance: forest.Importance(feature, Shuffles, random)))
            .Where(ranked => ranked.Importance.Mean > 0)
            .OrderByDescending(ranked => ranked.Importance.Mean)
            .Take(Top);
        var explained = forest.R2();
        return new ColdStartExplanation
        {
            Runs = runs.Count,
            MinRuns = MinRuns,
            R2 = explained,
            Features = [.. ranked.Select(ranked => new FeatureImportance(ranked.Name, ranked.Importance.Mean, ranked.Importance.Deviation))],
            Verdict = Verdict(explained, runs.Count),
        };

        bool Varies(string name) =>
            runs.All(run => run.Features.ContainsKey(name)) && runs.Any(run => run.Features[name] != runs[0].Features[name]);
    }

    private static string Verdict(double explained, int runs)
    {
        var share = string.Create(CultureInfo.InvariantCulture, $"{explained:0 %} of the differences between {runs} cold starts, in runs that were held out");
        return explained switch
        {
            <= 0 => $"The features explain nothing of {runs} cold starts in runs that were held out: do not read anything into the ranking.",
            < Convincing => $"The features explain {share}: the ranking is weak.",
            _ => $"The features explain {share}.",
        };
    }

    private static ColdStartExplanation Without(int runs, string why) =>
        new() { Runs = runs, MinRuns = MinRuns, Features = [], Verdict = why };
}
