using LatencyLab.Inference.Sweeps.ColdStart;

namespace LatencyLab.Tests.Sweeps;

public class ColdStartRankingTests
{
    [Fact]
    public void Ranking_WithAKnownDriver_PutsItFirst()
    {
        var explanation = ColdStartRanking.Explain(Runs(120, (random, features) => Math.Exp((2 * features["before.driver"]) + (0.1 * random.NextDouble()))));

        Assert.Equal("before.driver", explanation.Features[0].Name);
        Assert.True(explanation.Features[0].Importance > 5 * explanation.Features.Skip(1).Select(feature => feature.Importance).DefaultIfEmpty(0).Max());
        Assert.InRange(explanation.R2!.Value, 0.7, 1);
        Assert.DoesNotContain(explanation.Features, feature => feature.Name == "cell.constant");
    }

    [Fact]
    public void Ranking_OfTwoDrivers_OrdersThemByTheirWeight()
    {
        var explanation = ColdStartRanking.Explain(Runs(200, (_, features) => Math.Exp((2 * features["before.noise3"]) + features["before.noise7"])));

        Assert.Equal(["before.noise3", "before.noise7"], explanation.Features.Take(2).Select(feature => feature.Name));
    }

    [Fact]
    public void Ranking_OfTimesThatNothingExplains_SaysSo()
    {
        var explanation = ColdStartRanking.Explain(Runs(100, (random, _) => 1 + random.NextDouble()));

        Assert.True(explanation.R2 < 0.2, $"R² {explanation.R2}");
        Assert.True(explanation.Verdict.Contains("nothing", StringComparison.Ordinal) || explanation.Verdict.Contains("weak", StringComparison.Ordinal), explanation.Verdict);
    }

    [Fact]
    public void Ranking_OfTheSameRuns_IsTheSame()
    {
        var runs = Runs(60, (_, features) => 1 + features["before.driver"]);

        Assert.Equivalent(ColdStartRanking.Explain(runs), ColdStartRanking.Explain(runs), strict: true);
    }

    [Fact]
    public void Ranking_OfTooFewRuns_SaysHowManyAreNeeded()
    {
        var explanation = ColdStartRanking.Explain(Runs(ColdStartRanking.MinRuns - 1, (_, _) => 1));

        Assert.Empty(explanation.Features);
        Assert.Null(explanation.R2);
        Assert.StartsWith("Too few runs: 29 cold starts, 30 are needed.", explanation.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Ranking_HasFifteenFeaturesAtMost() =>
        Assert.InRange(ColdStartRanking.Explain(Runs(100, (_, features) => features.Values.Sum())).Features.Count, 1, ColdStartRanking.Top);

    private static List<(double Milliseconds, IReadOnlyDictionary<string, double> Features)> Runs(
        int count, Func<Random, Dictionary<string, double>, double> time)
    {
        var random = new Random(5);
        var runs = new List<(double, IReadOnlyDictionary<string, double>)>();
        for (var run = 0; run < count; run++)
        {
            var features = Enumerable.Range(0, 30).ToDictionary(i => $"before.noise{i}", _ => random.NextDouble());
            features["before.driver"] = random.NextDouble();
            features["cell.constant"] = 7;
            runs.Add((time(random, features), features));
        }
        return runs;
    }
}
