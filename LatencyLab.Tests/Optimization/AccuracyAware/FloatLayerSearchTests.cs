using LatencyLab.Inference.Optimization.AccuracyAware;

namespace LatencyLab.Tests.Optimization.AccuracyAware;

/// <summary>The search alone, on layers whose losses simply add up.</summary>
public class FloatLayerSearchTests
{
    private const int Pictures = 1000;

    private readonly List<IReadOnlyList<string>> _run = [];

    [Fact]
    public void Budget_ThatInt8Holds_TakesOneTrial()
    {
        var trial = Assert.Single(Search(5, ("a", 20), ("b", 10), ("c", 5)));

        Assert.Equal("int8", trial.Step);
        Assert.True(trial is { Chosen: true, WithinBudget: true, DropPoints: 3.5 });
        Assert.Empty(trial.FloatLayers);
    }

    [Fact]
    public void Budget_ThatNeedsSomeLayersInFloat_FindsTheShortestRunOfWorstLayers()
    {
        var layers = Enumerable.Range(0, 20).Select(i => ($"layer{i:00}", Lost: 20 - i)).ToArray();

        var trials = Search(10.5, layers);

        // 210 pictures are lost altogether; the six worst layers lose 105 of them.
        Assert.Equal(["layer00", "layer01", "layer02", "layer03", "layer04", "layer05"], trials.Single(trial => trial.Chosen).FloatLayers);
        Assert.Equal([0, 1, 2, 4, 8, 6, 5], trials.Where(trial => trial.Step != "requantize").Select(trial => trial.FloatLayers.Count));
    }

    [Fact]
    public void Layer_ThatTurnsOutNotToMatter_GoesBackToInt8()
    {
        // The ranking holds b and c for worse than they are.
        var trials = Search(0.5, ("a", 10), ("b", 0), ("c", 0), ("d", 10), ("e", 1));

        Assert.Equal(["a", "d"], trials.Single(trial => trial.Chosen).FloatLayers);
    }

    [Fact]
    public void EveryTrial_WasRun_AndNoneTwice()
    {
        var trials = Search(1, ("a", 9), ("b", 8), ("c", 7), ("d", 6), ("e", 5), ("f", 0));

        Assert.Equal(_run, trials.Where(trial => trial.Step != "float").Select(trial => trial.FloatLayers));
        Assert.Equal(_run.Count, _run.Select(layers => string.Join(',', layers.Order(StringComparer.Ordinal))).Distinct().Count());
    }

    [Fact]
    public void Budget_ThatNoCandidateHolds_LeavesEverythingInFloatAtNoDrop()
    {
        var trials = Search(0, ("a", 9), ("b", 8), ("c", 7));

        var chosen = trials.Single(trial => trial.Chosen);
        Assert.Equal("float", chosen.Step);
        Assert.Equal(["a", "b", "c"], chosen.FloatLayers);
        Assert.Equal(0, chosen.DropPoints);
    }

    [Fact]
    public void Gain_IsWithinEveryBudget() => Assert.Equal("int8", Assert.Single(Search(0, ("a", -3))).Step);

    private IReadOnlyList<AccuracyTrial> Search(double budget, params (string Name, int Lost)[] layers)
    {
        PairedDrop Measure(IReadOnlyList<string> floatLayers)
        {
            _run.Add(floatLayers);
            var lost = layers.Where(layer => !floatLayers.Contains(layer.Name)).Sum(layer => layer.Lost);
            return new PairedDrop(Pictures, Math.Max(0, lost), Math.Max(0, -lost));
        }

        return new FloatLayerSearch([.. layers.Select(layer => layer.Name)], Measure, budget).Run();
    }
}
