using Google.Protobuf;
using LatencyLab.Inference.Optimization.AccuracyAware;
using LatencyLab.Inference.Optimization.Quantization;
using LatencyLab.Inference.Optimization.Sensitivity;
using LatencyLab.Tests.Optimization.Sensitivity;

namespace LatencyLab.Tests.Optimization.AccuracyAware;

public class AccuracyAwareQuantizerTests
{
    private const int Pictures = 40;

    [Fact]
    public void Budget_WithoutLabels_IsOneOfAgreement()
    {
        var result = Quantize(0);

        Assert.Equal("agreement", result.Report.Measure);
        Assert.Null(result.Report.FloatTop1);
        Assert.Equal(2.5, result.Report.ResolutionPoints);
        Assert.Equal(0, result.Report.DropPoints);
        Assert.Contains("cannot be resolved", result.Report.Conclusion, StringComparison.Ordinal);
        Assert.Equal("int8", result.Report.Trials[0].Step);
    }

    [Fact]
    public void Result_HoldsTheMeasuredDropWhenItIsRunAgain()
    {
        var result = Quantize(5);

        var (expected, actual) = (Answers(FragileNetwork.Build()), Answers(result.Quantized.Model));
        var disagreeing = expected.Zip(actual).Count(pair => pair.First != pair.Second);
        Assert.Equal(result.Report.DropPoints, 100.0 * disagreeing / Pictures);
        Assert.True(result.Report.DropPoints <= 5);
        Assert.Equal(
            result.Report.FloatLayers.Order(),
            result.Quantized.Report.LeftInFloat.Where(layer => layer.Operator is "Conv" or "Gemm").Select(layer => layer.Name).Order());
    }

    [Fact]
    public void Budget_WithLabels_IsOfTop1()
    {
        // Labelled with what the float model answers, but for one picture: then it is right on all others.
        var classes = Answers(FragileNetwork.Build());
        classes[0] = (classes[0] + 1) % 10;

        var report = Quantize(100, HeldPictures.Of(ModelRunner.Source(Pictures, FragileNetwork.Shape), classes)).Report;

        Assert.Equal("top1", report.Measure);
        Assert.Equal((Pictures - 1.0) / Pictures, report.FloatTop1);
        Assert.Empty(report.FloatLayers);
    }

    [Fact]
    public void Quantizing_Twice_GivesTheSameTrialsAndBytes()
    {
        var (first, second) = (Quantize(2.5), Quantize(2.5));

        Assert.Equal(first.Quantized.Model.ToByteArray(), second.Quantized.Model.ToByteArray());
        Assert.Equal(first.Report.Trials.Select(Text), second.Report.Trials.Select(Text));
    }

    [Fact]
    public void Result_IsWhatTheQuantizerWritesForTheSameLayersInFloat()
    {
        var result = Quantize(5);

        var same = StaticQuantizer.Quantize(
            FragileNetwork.Build(), ModelRunner.Source(10, FragileNetwork.Shape), new QuantizationOptions { KeepInFloat = result.Report.FloatLayers.ToHashSet() });
        Assert.Equal(same.Model.ToByteArray(), result.Quantized.Model.ToByteArray());
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(100.1)]
    public void Budget_ThatIsNoShare_IsRefused(double points) => Assert.Throws<ArgumentOutOfRangeException>(() => Quantize(points));

    private static AccuracyAwareModel Quantize(double maxDropPoints, HeldPictures? evaluation = null) => AccuracyAwareQuantizer.Quantize(
        "fragile", FragileNetwork.Build(), ModelRunner.Source(10, FragileNetwork.Shape), evaluation ?? FragileNetwork.Pictures(Pictures), maxDropPoints);

    private static string Text(AccuracyTrial trial) => $"{trial.Step} {string.Join(',', trial.FloatLayers)} {trial.DropPoints} {trial.Chosen}";

    private static int[] Answers(Inference.Optimization.Onnx.ModelProto model)
    {
        using var session = new ModelSession(model);
        return [.. ModelRunner.Pictures(Pictures, FragileNetwork.Shape).Select(picture => session.Run(picture, 3, 12, 12)).Select(logits => Array.IndexOf(logits, logits.Max()))];
    }
}
