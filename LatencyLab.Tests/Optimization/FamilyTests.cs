using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Inference.Optimization.Quantization;
using Microsoft.ML.OnnxRuntime;
using Xunit.Abstractions;

namespace LatencyLab.Tests.Optimization;

/// <summary>One small network a family: what runs in INT8, what stays in float, and whether it still computes the same.</summary>
public class FamilyTests(ITestOutputHelper log)
{
    [Theory]
    [InlineData("ResNet", "")]
    [InlineData("MobileNetV1", "")]
    [InlineData("MobileNetV2", "")]
    [InlineData("MobileNetV3", "HardSigmoid")]
    [InlineData("EfficientNet", "")]
    [InlineData("SqueezeNet", "GlobalAveragePool Flatten Softmax")]
    [InlineData("ShuffleNetV1", "")]
    [InlineData("ShuffleNetV2", "")]
    [InlineData("Inception", "LRN")]
    public void Quantize_Family_RunsInIntegersButForTheReportedOperators(string family, string float32)
    {
        var model = FamilyNetworks.Build(family);
        var expectedFloat = float32.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        var quantized = StaticQuantizer.Quantize(model, ModelRunner.Source(8, FamilyNetworks.Shape));

        var fused = ModelRunner.FusedOperators(quantized.Model);
        log.WriteLine($"{family}: {string.Join(' ', fused)}");
        log.WriteLine($"{family}: mean error {MeanError(model, quantized.Model)}");
        Assert.Equal(expectedFloat.Order(), quantized.Report.LeftInFloat.Select(layer => layer.Operator).Distinct().Order());
        Assert.Equal(model.Graph.Node.Count(node => node.OpType == "Conv"), quantized.Report.Quantized.Count(layer => layer.Operator == "Conv"));
        string[] integerForms = ["Conv", "FusedConv", "Gemm", "FusedGemm", "MatMul", "Add", "Mul", "Concat", "AveragePool", "GlobalAveragePool", "Sigmoid", "QuickGelu", "Relu", "Clip"];
        Assert.Empty(fused.Intersect(integerForms).Except(expectedFloat));
        Assert.InRange(MeanError(model, quantized.Model), 0, 0.04);
    }

    // As a share of the range of all answers.
    private static double MeanError(ModelProto model, ModelProto quantized)
    {
        var (expected, actual) = (Outputs(model, GraphOptimizationLevel.ORT_DISABLE_ALL), Outputs(quantized));
        return expected.Zip(actual, (e, a) => Math.Abs(e - a)).Average() / (expected.Max() - expected.Min());
    }

    private static float[] Outputs(ModelProto model, GraphOptimizationLevel level = GraphOptimizationLevel.ORT_ENABLE_ALL) =>
        [.. ModelRunner.Pictures(4, FamilyNetworks.Shape).SelectMany(picture => ModelRunner.Run(model, picture, [3, 32, 32], level))];
}
