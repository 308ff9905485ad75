using LatencyLab.Inference.Optimization.HalfPrecision;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Inference.Optimization.Quantization;
using LatencyLab.Tests.Models;
using Microsoft.ML.OnnxRuntime;

namespace LatencyLab.Tests.Optimization;

public class HalfPrecisionTests
{
    private static readonly int[] Shape = [3, 16, 16];

    [Fact]
    public void Convert_EmbeddedModel_HalvesTheFile()
    {
        var report = HalfPrecisionConverter.Convert(EmbeddedZoo.Default.File.Path, [3, 32, 32]).Report;

        Assert.InRange(report.SizeAfterBytes, 0.49 * report.SizeBeforeBytes, 0.51 * report.SizeBeforeBytes);
        Assert.Empty(report.LeftInFloat);
        Assert.InRange(report.MeanError, 1e-9, report.MaxError);
        Assert.InRange(report.MaxError, 0, 1e-2);
    }

    [Theory]
    [InlineData(GraphOptimizationLevel.ORT_DISABLE_ALL)]
    [InlineData(GraphOptimizationLevel.ORT_ENABLE_ALL)]
    public void Convert_Result_AnswersAlmostAsBefore(GraphOptimizationLevel level)
    {
        var model = Network();
        var picture = ModelRunner.Pictures(1, Shape)[0];

        var converted = HalfPrecisionConverter.Convert(model, Shape).Model;

        var (expected, actual) = (ModelRunner.Run(model, picture, [3, 16, 16], level), ModelRunner.Run(converted, picture, [3, 16, 16], level));
        Assert.NotEqual(expected, actual); // FP16 has 11 bits of FP32's 24.
        Assert.Equal(expected, actual, (a, b) => MathF.Abs(a - b) < 2e-3f * expected.Max(MathF.Abs));
    }

    [Fact]
    public void Convert_Result_IsCastOnceAtLoad() =>
        Assert.DoesNotContain("Cast", ModelRunner.FusedOperators(HalfPrecisionConverter.Convert(Network(), Shape).Model));

    [Fact]
    public void Report_RoundingErrors_AreThoseOfTheWeights()
    {
        var model = Network();
        var weights = model.Graph.Initializer.Where(t => t.Dims.Aggregate(1L, (a, b) => a * b) >= 128).SelectMany(TensorData.Floats).ToList();

        var report = HalfPrecisionConverter.Convert(model, Shape).Report;

        Assert.Equal(weights.Count, report.Values);
        Assert.Equal(weights.Max(w => Math.Abs((double)w - (double)(Half)w)), report.MaxError, 1e-12);
        Assert.Equal(weights.Average(w => Math.Abs((double)w - (double)(Half)w)), report.MeanError, 1e-12);
    }

    [Theory]
    [InlineData(70_000f)]
    [InlineData(float.NegativeInfinity)]
    public void Convert_AWeightOutOfRange_LeavesItsTensorAloneAndSaysSo(float weight)
    {
        var model = Network();
        var tensor = model.Graph.Initializer.First(t => t.Dims.Count == 2);
        var values = TensorData.Floats(tensor);
        values[7] = weight;
        values[8] = 66_000;
        tensor.RawData = TensorData.Create<float>("", values, values.Length).RawData;

        // An infinite weight makes the model's own answers infinite, which is refused.
        if (!float.IsFinite(weight))
        {
            Assert.Throws<QuantizationException>(() => HalfPrecisionConverter.Convert(model, Shape));
            return;
        }

        var converted = HalfPrecisionConverter.Convert(model, Shape);

        var left = Assert.Single(converted.Report.LeftInFloat);
        Assert.Equal(new FloatTensor(tensor.Name, 2), left);
        Assert.Equal(values, TensorData.Floats(converted.Model.Graph.Initializer.Single(t => t.Name == tensor.Name)));
    }

    [Fact]
    public void Convert_LeavesTheGivenModelAlone()
    {
        var model = Network();
        var before = model.Clone();

        HalfPrecisionConverter.Convert(model, Shape);

        Assert.Equal(before, model);
    }

    [Fact]
    public void Convert_NothingToStore_IsRefused()
    {
        var builder = new ModelBuilder([3, 16, 16]);

        Assert.Throws<QuantizationException>(() => HalfPrecisionConverter.Convert(builder.Build(builder.Node("Relu", ["input"])), Shape));
    }

    private static ModelProto Network()
    {
        var builder = new ModelBuilder([3, 16, 16]);
        var x = builder.Node("Relu", [builder.BatchNormalization(builder.Conv("input", 3, 24), 24)]);
        return builder.Build(builder.Gemm(builder.Node("Flatten", [builder.MaxPool(x)]), 24 * 64, 10));
    }
}
