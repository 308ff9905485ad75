using LatencyLab.Inference.Comparison;

namespace LatencyLab.Tests.Comparison;

public class SeriesComparerTests
{
    [Theory]
    [InlineData(2.0, Evidence.Faster)]
    [InlineData(0.5, Evidence.Slower)]
    [InlineData(1.0, Evidence.None)]
    public void SamplesOnBothSides_AreJudgedByTheBootstrapRatio(double speedup, Evidence expected)
    {
        var difference = Only(Sampled(10, seed: 1), Sampled(10 / speedup, seed: 2));

        Assert.Equal((expected, EvidenceRule.BootstrapRatio), (difference.Evidence, difference.Rule));
        Assert.InRange(difference.Ratio!.Value, speedup * 0.9, speedup * 1.1);
        Assert.True(difference.Ci95![0] <= difference.Ratio && difference.Ratio <= difference.Ci95[1]);
    }

    [Fact]
    public void RunsOfTheSameKind_WithoutAnyChange_AreSeldomToldApart()
    {
        var told = Enumerable.Range(0, 100).Count(i => Only(Sampled(10, seed: 2 * i), Sampled(10, seed: (2 * i) + 1)).Evidence != Evidence.None);

        // 5 % are expected: 5 of 100, and 14 would be more than four standard deviations beyond.
        Assert.InRange(told, 0, 14);
    }

    [Theory]
    [InlineData(5.0, 6.0, Evidence.Faster)]
    [InlineData(9.0, 10.5, Evidence.None)]
    [InlineData(11.5, 12.0, Evidence.Slower)]
    public void IntervalsWithoutSamples_AreJudgedByWhetherTheyAreDisjoint(double low, double high, Evidence expected)
    {
        var difference = Only(
            Series with { ValueMs = 10, Ci95Ms = [9.5, 11], Samples = 100 }, Series with { ValueMs = (low + high) / 2, Ci95Ms = [low, high], Samples = 100 });

        Assert.Equal((expected, EvidenceRule.IntervalsDisjoint), (difference.Evidence, difference.Rule));
    }

    [Fact]
    public void FewSamples_HoweverFarApart_AreNoEvidence()
    {
        var difference = Only(Series with { ValueMs = 10, SamplesMs = [10, 10, 10, 10, 10] }, Series with { ValueMs = 1, SamplesMs = [1, 1, 1, 1, 1] });

        Assert.Equal((Evidence.None, EvidenceRule.None), (difference.Evidence, difference.Rule));
        Assert.Contains("5 where each run needs at least 6", difference.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void MediansAlone_AreNoEvidence()
    {
        var difference = Only(Series with { ValueMs = 10, Samples = 50 }, Series with { ValueMs = 1, Samples = 50 });

        Assert.Equal((Evidence.None, 10d), (difference.Evidence, difference.Ratio));
    }

    [Fact]
    public void AVariant_OfOneRunOnly_IsListedWithoutAVerdict()
    {
        var differences = SeriesComparer.Compare([Series with { VariantId = "engine", ValueMs = 1 }], [Series with { ValueMs = 1 }]);

        Assert.Equal(["engine", "int8"], differences.Select(difference => difference.VariantId));
        Assert.All(differences, difference => Assert.Equal(Evidence.None, difference.Evidence));
        Assert.Contains("Only the first run", differences[0].Reason, StringComparison.Ordinal);
        Assert.Contains("Only the second run", differences[1].Reason, StringComparison.Ordinal);
    }

    private static MeasuredSeries Series { get; } = new() { VariantId = "int8", ModelId = "m", Title = "INT8", Measure = "total" };

    private static MeasuredSeries Sampled(double medianMs, int seed)
    {
        var random = new Random(seed);
        double[] samples = [.. Enumerable.Range(0, 60).Select(_ => medianMs * (0.9 + (0.2 * random.NextDouble())))];
        return Series with { ValueMs = samples.Order().ElementAt(30), SamplesMs = samples };
    }

    private static SeriesDifference Only(MeasuredSeries left, MeasuredSeries right) => Assert.Single(SeriesComparer.Compare([left], [right]));
}
