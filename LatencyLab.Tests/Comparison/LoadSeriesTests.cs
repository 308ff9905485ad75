using LatencyLab.Inference.Comparison;
using LatencyLab.Inference.Measurement.Load;
using LatencyLab.Tests.Measurement.Load;

namespace LatencyLab.Tests.Comparison;

public class LoadSeriesTests
{
    [Theory]
    [InlineData(1.3, Evidence.Faster)]
    [InlineData(4, Evidence.Slower)]
    public void TwoRuns_WithDifferentLatencies_AreToldApartInEveryPercentile(double medianMs, Evidence expected)
    {
        var differences = Compare(LoadExample.Independent(2, seed: 1), LoadExample.Independent(medianMs, seed: 2));

        Assert.Equal([0.5, 0.95, 0.99], differences.Select(difference => difference.Left!.Percentile));
        Assert.All(differences, difference => Assert.Equal((expected, EvidenceRule.IntervalsDisjoint), (difference.Evidence, difference.Rule)));
    }

    [Fact]
    public void RunsOfTheSameLoad_WhoseRequestsAreAlike_AreSeldomToldApart()
    {
        var told = Enumerable.Range(0, 25).Count(i =>
            Compare(LoadExample.Alike(2, 2 * i), LoadExample.Alike(2, (2 * i) + 1)).Any(difference => difference.Evidence != Evidence.None));

        Assert.InRange(told, 0, 3);
    }

    [Fact]
    public void OpenAndClosedLoop_AreNeverHeldAgainstEachOther()
    {
        var differences = Compare(LoadExample.Independent(2, 1), LoadExample.Independent(1, 2, mode: LoadMode.ClosedLoop));

        Assert.All(differences, difference => Assert.Equal((Evidence.None, (double?)null), (difference.Evidence, difference.Ratio)));
    }

    [Fact]
    public void TwoVariants_EachUnderLoadAlone_CanBeHeldAgainstEachOther()
    {
        var control = LoadExample.Independent(4, seed: 1) with { Target = new LoadTargetFacts { VariantId = "control" } };

        var differences = SeriesComparer.Compare(LoadSeries.Of(control), LoadSeries.Of(LoadExample.Independent(2, seed: 2)), acrossVariants: true);

        Assert.All(differences, difference => Assert.Equal(("control → int8", Evidence.Faster), (difference.Title, difference.Evidence)));
    }

    private static IReadOnlyList<SeriesDifference> Compare(LoadResult left, LoadResult right) =>
        SeriesComparer.Compare(LoadSeries.Of(left), LoadSeries.Of(right));
}
