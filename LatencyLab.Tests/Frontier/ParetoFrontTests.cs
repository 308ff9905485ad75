using LatencyLab.Inference.Frontier;
using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Runtime;

namespace LatencyLab.Tests.Frontier;

public class ParetoFrontTests
{
    [Fact]
    public void Rows_NoneBeatsInBoth_AreOnTheFront()
    {
        var rows = ParetoFront.Mark([Row("base", 10, 0.90), Row("slow and poor", 12, 0.89), Row("small", 2, 0.85), Row("pruned", 5, 0.895)]);

        Assert.Equal(["small", "pruned", "base", "slow and poor"], rows.Select(row => row.ModelId));
        Assert.Equal([true, true, true, false], rows.Select(row => row.OnFrontier));
    }

    [Fact]
    public void ARow_AsAccurateButSlower_IsNotOnTheFront()
    {
        var rows = ParetoFront.Mark([Row("control", 10, 0.90), Row("engine", 7, 0.90)]);

        Assert.Equal([("engine", true), ("control", false)], rows.Select(row => (row.ModelId, row.OnFrontier)));
    }

    [Fact]
    public void ARow_AsFastButPoorer_IsNotOnTheFront() =>
        Assert.Equal([true, false], ParetoFront.Mark([Row("poorer", 5, 0.8), Row("better", 5, 0.9)]).Select(row => row.OnFrontier));

    [Fact]
    public void RowsThatAreEqual_AreBothOnTheFront() =>
        Assert.All(ParetoFront.Mark([Row("one", 5, 0.9), Row("two", 5, 0.9)]), row => Assert.True(row.OnFrontier));

    [Fact]
    public void ARow_WithoutAccuracy_IsNeitherOnTheFrontNorKeepsOthersOff()
    {
        var rows = ParetoFront.Mark([Row("unknown", 1, null), Row("known", 5, 0.9)]);

        Assert.Equal([false, true], rows.Select(row => row.OnFrontier));
    }

    [Fact]
    public void AModel_TakenOut_NoLongerKeepsOthersOffTheFront()
    {
        var result = new FrontierResult
        {
            CreatedAt = DateTimeOffset.UnixEpoch, BaseModelId = "base", Environment = EnvironmentProbe.Read(), Rounds = 1,
            Rows = ParetoFront.Mark([Row("base", 10, 0.90), Row("imported", 2, 0.95)]),
        };
        Assert.Equal([true, false], result.Rows.Select(row => row.OnFrontier));

        Assert.Equal([("base", true)], result.Without("imported")!.Rows.Select(row => (row.ModelId, row.OnFrontier)));
        Assert.Same(result, result.Without("unknown"));
        Assert.Null(result.Without("base"));
    }

    private static FrontierRow Row(string modelId, double ms, double? top1) => new()
    {
        ModelId = modelId,
        Precision = "fp32",
        VariantId = "engine",
        Top1 = top1,
        InferenceP50Ms = ms,
        Speedup = new Speedup(1, [1, 1]),
        SizeBytes = 1,
        OnFrontier = false,
    };
}
