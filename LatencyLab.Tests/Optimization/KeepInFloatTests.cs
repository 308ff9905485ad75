using LatencyLab.Inference.Optimization.Quantization;

namespace LatencyLab.Tests.Optimization;

public class KeepInFloatTests
{
    private static readonly int[] Shape = [3, 16, 16];

    [Fact]
    public void NamedLayers_StayInFloatAndAreReportedWithTheReason()
    {
        var builder = new ModelBuilder([3, 16, 16]);
        var x = builder.Node("Relu", [builder.Conv("input", 3, 8)]);
        x = builder.Node("Relu", [builder.Conv(x, 8, 8)]);
        var model = builder.Build(builder.Gemm(builder.Node("Flatten", [builder.MaxPool(x)]), 512, 10));

        var quantized = StaticQuantizer.Quantize(
            model, ModelRunner.Source(4, Shape), new QuantizationOptions { KeepInFloat = new HashSet<string> { "conv2" } });

        Assert.Equal(["conv0", "gemm6"], quantized.Report.Quantized.Where(layer => layer.Operator is "Conv" or "Gemm").Select(layer => layer.Name));
        Assert.Contains(quantized.Report.LeftInFloat, layer => layer is { Name: "conv2", Operator: "Conv" } && layer.Reason.Contains("chosen", StringComparison.Ordinal));
        Assert.DoesNotContain(quantized.Report.LeftInFloat, layer => layer.Operator == "Relu"); // Part of conv2.
        Assert.Superset(new HashSet<string> { "Conv", "QLinearConv", "QGemm" }, ModelRunner.FusedOperators(quantized.Model).Select(Unfused).ToHashSet());
        AssertClose(model, quantized);
    }

    [Fact]
    public void EveryLayerButOne_InFloat_StillGivesAModelThatAnswersTheSame()
    {
        var builder = new ModelBuilder([3, 16, 16]);
        var first = builder.Node("Relu", [builder.Conv("input", 3, 8)]);
        var sum = builder.Node("Add", [first, builder.Conv(first, 8, 8)]);
        var model = builder.Build(builder.Gemm(builder.Node("Flatten", [builder.Node("GlobalAveragePool", [sum])]), 8, 10));
        var names = StaticQuantizer.Quantize(model, ModelRunner.Source(2, Shape)).Report.Quantized.Select(layer => layer.Name).ToList();

        foreach (var name in names.Where(name => name.StartsWith("conv", StringComparison.Ordinal) || name.StartsWith("gemm", StringComparison.Ordinal)))
        {
            var options = new QuantizationOptions { KeepInFloat = names.Where(other => other != name).ToHashSet() };
            var quantized = StaticQuantizer.Quantize(model, ModelRunner.Source(4, Shape), options);

            Assert.Equal(name, Assert.Single(quantized.Report.Quantized).Name);
            AssertClose(model, quantized);
        }
    }

    [Fact]
    public void ALayer_ThatTheModelDoesNotHave_IsNamed()
    {
        var builder = new ModelBuilder([3, 16, 16]);
        var model = builder.Build(builder.Conv("input", 3, 8));

        var refusal = Assert.Throws<QuantizationException>(() => StaticQuantizer.Quantize(
            model, ModelRunner.Source(2, Shape), new QuantizationOptions { KeepInFloat = new HashSet<string> { "conv9" } }));
        Assert.Contains("conv9", refusal.Message, StringComparison.Ordinal);
    }

    private static string Unfused(string operatorType) => operatorType == "FusedConv" ? "Conv" : operatorType;

    private static void AssertClose(Inference.Optimization.Onnx.ModelProto model, QuantizedModel quantized)
    {
        var picture = ModelRunner.Pictures(1, Shape)[0];
        var expected = ModelRunner.Run(model, picture, [3, 16, 16]);
        var tolerance = 0.05f * expected.Max(MathF.Abs);
        Assert.Equal(expected, ModelRunner.Run(quantized.Model, picture, [3, 16, 16]), (a, b) => MathF.Abs(a - b) < tolerance);
    }
}
