using LatencyLab.Inference.Sessions;

namespace LatencyLab.Tests.Sessions;

public class TopPredictionsTests
{
    private static readonly string[] Labels = ["a", "b", "c", "d", "e", "f"];

    [Fact]
    public void Of_SixLogits_RanksTheBestFiveWithSoftmaxProbabilities()
    {
        var best = TopPredictions.Of([1, 6, 3, 5, 2, 4], Labels);

        Assert.Equal(["b", "d", "f", "c", "e"], best.Select(prediction => prediction.Label));
        Assert.Equal([1, 2, 3, 4, 5], best.Select(prediction => prediction.Rank));
        Assert.Equal(0.633691, best[0].Probability, 6);
        Assert.Equal(Math.E, best[0].Probability / best[1].Probability, 6);
    }

    [Fact]
    public void Of_HugeLogits_DoesNotOverflow() =>
        Assert.Equal(1, TopPredictions.Of([1000, -1000, 0, 0, 0, 0], Labels)[0].Probability, 9);

    [Fact]
    public void Of_EqualLogits_KeepsClassOrder() =>
        Assert.Equal([0, 1, 2, 3, 4], TopPredictions.Of([1, 1, 1, 1, 1, 1], Labels).Select(prediction => prediction.ClassIndex));

    [Fact]
    public void Of_FewerClassesThanAsked_ReturnsThoseThereAre() =>
        Assert.Equal(2, TopPredictions.Of([0, 1], ["a", "b"]).Length);

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Of_NumbersThatAreNotFinite_Throws(float broken) =>
        Assert.Throws<ArithmeticException>(() => TopPredictions.Of([0, broken], ["a", "b"]));
}
