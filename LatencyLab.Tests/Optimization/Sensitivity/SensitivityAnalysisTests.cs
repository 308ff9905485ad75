using System.Text.Json;
using LatencyLab.Inference.Optimization.Quantization;
using LatencyLab.Inference.Optimization.Sensitivity;

namespace LatencyLab.Tests.Optimization.Sensitivity;

public class SensitivityAnalysisTests
{
    [Fact]
    public void Analysis_OfANetworkWithOneFragileLayer_PutsItFirst()
    {
        var report = Analyse();

        Assert.Equal("fragile", report.ModelId);
        Assert.Equal(20, report.Pictures);
        Assert.Equal(10, report.CalibrationPictures);
        Assert.Equal(4, report.Layers.Count);
        Assert.Equal([1, 2, 3, 4], report.Layers.Select(layer => layer.Position).Order());
        Assert.Contains(FragileNetwork.Fragile, report.Layers.Take(2).Select(layer => layer.Layer));
        Assert.Equal(report.Layers.OrderByDescending(layer => layer.KlDivergence).Select(layer => layer.Layer), report.Layers.Select(layer => layer.Layer));
        Assert.True(report.Layers[0].KlDivergence > 5 * report.Layers[^1].KlDivergence);
        Assert.All(report.Layers, layer => Assert.InRange(layer.Agreement, 0, 1));
    }

    [Fact]
    public void Analysis_Twice_GivesTheSameReport() => Assert.Equal(Json(Analyse()), Json(Analyse()));

    [Fact]
    public void Probe_OfALayer_MeasuresWhatTheQuantizerWrites()
    {
        var model = FragileNetwork.Build();
        var held = FragileNetwork.Pictures(20);
        var names = StaticQuantizer.Quantize(model, held).Report.Quantized.Select(layer => layer.Name);
        var alone = StaticQuantizer.Quantize(
            model, ModelRunner.Source(10, FragileNetwork.Shape),
            new QuantizationOptions { KeepInFloat = names.Where(name => name != FragileNetwork.Fragile).ToHashSet() });

        var probe = Analyse().Layers.Single(layer => layer.Layer == FragileNetwork.Fragile);

        var (reference, candidate) = (Answers(model), Answers(alone.Model));
        Assert.Equal(MeanDivergence(reference, candidate), probe.KlDivergence, 1e-5);
        Assert.Equal(reference.Zip(candidate).Count(pair => Best(pair.First) == Best(pair.Second)) / 20.0, probe.Agreement);
        var errors = reference.Zip(candidate).Select(pair => Math.Abs((double)pair.First.Max() - pair.Second[Best(pair.First)])).Order().ToArray();
        Assert.Equal((errors[9] + errors[10]) / 2, probe.LogitError, 1e-4);
    }

    [Fact]
    public void Progress_OfAnAnalysis_RisesToTheEnd()
    {
        var shares = new Shares();

        SensitivityAnalysis.Run("fragile", FragileNetwork.Build(), ModelRunner.Source(4, FragileNetwork.Shape), FragileNetwork.Pictures(4), progress: shares);

        Assert.Equal([0.25, 0.5, 0.75, 1], shares.Seen);
    }

    [Fact]
    public void Cancellation_BetweenProbes_StopsTheAnalysis()
    {
        using var cancellation = new CancellationTokenSource();
        var shares = new Shares(cancellation.Cancel);

        Assert.ThrowsAny<OperationCanceledException>(() => SensitivityAnalysis.Run(
            "fragile", FragileNetwork.Build(), ModelRunner.Source(4, FragileNetwork.Shape), FragileNetwork.Pictures(4), options: null, shares, cancellation.Token));
        Assert.Single(shares.Seen);
    }

    [Fact]
    public void HeldPictures_OfMoreThanWanted_AreSpreadEvenlyWithTheirClasses()
    {
        var held = HeldPictures.Of(ModelRunner.Source(10, 1, 2, 2), [.. Enumerable.Range(0, 10)], maxCount: 5);

        Assert.Equal([0, 2, 4, 6, 8], held.Classes!);
        var picture = new float[4];
        held.Fill(4, picture);
        Assert.Equal(ModelRunner.Pictures(10, 1, 2, 2)[8], picture);
    }

    private static SensitivityReport Analyse() => SensitivityAnalysis.Run(
        "fragile", FragileNetwork.Build(), ModelRunner.Source(10, FragileNetwork.Shape), FragileNetwork.Pictures(20));

    private static string Json(SensitivityReport report) => JsonSerializer.Serialize(report with { DurationMs = 0 });

    private static List<float[]> Answers(Inference.Optimization.Onnx.ModelProto model)
    {
        using var session = new ModelSession(model);
        return [.. ModelRunner.Pictures(20, FragileNetwork.Shape).Select(picture => session.Run(picture, 3, 12, 12))];
    }

    private static int Best(float[] logits) => Array.IndexOf(logits, logits.Max());

    private static double MeanDivergence(List<float[]> reference, List<float[]> candidate) => reference.Zip(candidate).Average(pair =>
    {
        var (p, q) = (Softmax(pair.First), Softmax(pair.Second));
        return p.Zip(q).Sum(both => both.First * Math.Log(both.First / both.Second));
    });

    private static double[] Softmax(float[] logits)
    {
        var sum = logits.Sum(logit => Math.Exp(logit));
        return Array.ConvertAll(logits, logit => Math.Exp(logit) / sum);
    }

    private sealed class Shares(Action? then = null) : IProgress<double>
    {
        public List<double> Seen { get; } = [];

        public void Report(double value)
        {
            Seen.Add(value);
            then?.Invoke();
        }
    }
}
