using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Inference.Optimization.Quantization;
using Microsoft.ML.OnnxRuntime;

namespace LatencyLab.Tests.Optimization;

/// <summary>One small network a pattern: does it fuse to INT8 operators only, and does it still compute the same?</summary>
public class StaticQuantizerPatternTests
{
    private static readonly int[] Shape = [3, 16, 16];

    // What surrounds the fused operators: one conversion at either end, and the change to channels-last.
    private static readonly string[] Boundary = ["DequantizeLinear", "Pad", "QuantizeLinear", "Transpose"];

    private readonly ModelBuilder _builder = new([3, 16, 16]);

    [Fact]
    public void ConvRelu_BecomesOneIntegerConvolution() =>
        AssertFuses(_builder.Build(_builder.Node("Relu", [_builder.Conv("input", 3, 16)])), "QLinearConv");

    [Fact]
    public void ConvClip_BecomesOneIntegerConvolution() =>
        AssertFuses(_builder.Build(_builder.Clip(_builder.Conv("input", 3, 16), 0, 1)), "QLinearConv");

    [Fact]
    public void ConvClipAcrossZero_BecomesOneIntegerConvolution() =>
        AssertFuses(_builder.Build(_builder.Clip(_builder.Conv("input", 3, 16), -0.5f, 0.5f)), "QLinearConv");

    [Fact]
    public void ConvWithoutBias_BecomesOneIntegerConvolution() =>
        AssertFuses(_builder.Build(_builder.Conv("input", 3, 16, bias: false)), "QLinearConv");

    [Fact]
    public void DepthwiseSeparable_BecomesIntegerConvolutions()
    {
        var x = _builder.Clip(_builder.Conv("input", 3, 16), 0, 6);
        x = _builder.Clip(_builder.Conv(x, 16, 16, group: 16), 0, 6);

        AssertFuses(_builder.Build(_builder.Conv(x, 16, 24, kernel: 1)), "QLinearConv");
    }

    [Fact]
    public void Residual_AddsIntegers()
    {
        var x = _builder.Node("Relu", [_builder.Conv("input", 3, 16)]);
        var branch = _builder.Node("Relu", [_builder.Conv(x, 16, 16)]);

        AssertFuses(_builder.Build(_builder.Node("Add", [x, branch])), "QLinearAdd", "QLinearConv");
    }

    [Fact]
    public void ResidualWithReluBehindTheSum_AddsIntegersAndSaturates()
    {
        var x = _builder.Node("Relu", [_builder.Conv("input", 3, 16)]);
        var sum = _builder.Node("Add", [x, _builder.Conv(x, 16, 16)]);

        AssertFuses(_builder.Build(_builder.Node("Relu", [sum])), "QLinearAdd", "QLinearConv");
    }

    [Fact]
    public void Branches_ConcatenateIntegers()
    {
        var x = _builder.Node("Relu", [_builder.Conv("input", 3, 16)]);
        var (narrow, wide) = (_builder.Node("Relu", [_builder.Conv(x, 16, 16, kernel: 1)]), _builder.Node("Relu", [_builder.Conv(x, 16, 16)]));

        AssertFuses(_builder.Build(_builder.Node("Concat", [narrow, wide], ModelBuilder.Int("axis", 1))), "QLinearConcat", "QLinearConv");
    }

    [Fact]
    public void AveragePool_AveragesIntegers()
    {
        var x = _builder.Node("Relu", [_builder.Conv("input", 3, 16)]);

        x = _builder.Node("AveragePool", [x], ModelBuilder.Ints("kernel_shape", 2, 2), ModelBuilder.Ints("strides", 2, 2));

        AssertFuses(_builder.Build(x), "QLinearAveragePool", "QLinearConv");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Classifier_PoolsAndMultipliesIntegers_AndWritesFloatLogits(bool transposed)
    {
        var x = _builder.MaxPool(_builder.Node("Relu", [_builder.Conv("input", 3, 16)]));
        x = _builder.Node("Flatten", [_builder.Node("GlobalAveragePool", [x])], ModelBuilder.Int("axis", 1));

        AssertFuses(
            _builder.Build(_builder.Gemm(x, 16, 10, transposed)),
            "Flatten", "NhwcMaxPool", "QGemm", "QLinearConv", "QLinearGlobalAveragePool", "-DequantizeLinear");
    }

    [Fact]
    public void ClassifierAsMatMulAddAndScale_BecomesOneIntegerGemm()
    {
        var x = _builder.Node("GlobalAveragePool", [_builder.Node("Relu", [_builder.Conv("input", 3, 16)])]);
        x = _builder.Node("MatMul", [_builder.Node("Flatten", [x]), _builder.Random([16, 10], 0.3)]);
        x = _builder.Node("Add", [x, _builder.Random([10], 0.2)]);

        AssertFuses(
            _builder.Build(_builder.Node("Mul", [x, _builder.Constant(0.125f)])),
            "Flatten", "QGemm", "QLinearConv", "QLinearGlobalAveragePool", "-DequantizeLinear");
    }

    [Fact]
    public void ReluOfSharedTensor_StaysAnOperatorOfItsOwn()
    {
        var x = _builder.Conv("input", 3, 16);
        var model = _builder.Build(_builder.Node("Add", [x, _builder.Conv(_builder.Node("Relu", [x]), 16, 16)]));

        AssertClose(model, Quantize(model));
    }

    [Fact]
    public void ClipThatLeavesOutZero_IsKept()
    {
        var model = _builder.Build(_builder.Clip(_builder.Conv("input", 3, 16), 1, 6));
        var quantized = Quantize(model);

        AssertClose(model, quantized);
        Assert.All(Outputs(quantized.Model), value => Assert.True(value > 0.95f));
    }

    [Fact]
    public void BatchNormalization_IsFoldedIntoTheIntegerConvolution()
    {
        var x = _builder.BatchNormalization(_builder.Conv("input", 3, 16, bias: false), 16);

        AssertFuses(_builder.Build(_builder.Node("Relu", [x])), "QLinearConv");
    }

    [Fact]
    public void HalvesBySlicing_KeepTheirBytes() // The runtime makes the two one Split.
    {
        var x = _builder.Node("Relu", [_builder.Conv("input", 3, 16)]);
        var low = _builder.Node("Slice", [x, _builder.Integers([0]), _builder.Integers([8]), _builder.Integers([1])]);
        var high = _builder.Node("Slice", [x, _builder.Integers([8]), _builder.Integers([16]), _builder.Integers([1])]);
        high = _builder.Node("Relu", [_builder.Conv(high, 8, 8)]);

        AssertFuses(_builder.Build(_builder.Node("Concat", [low, high], ModelBuilder.Int("axis", 1))), "QLinearConcat", "QLinearConv", "Split");
    }

    [Fact]
    public void ChannelsByGathering_KeepTheirBytes()
    {
        var x = _builder.Node("Relu", [_builder.Conv("input", 3, 16)]);
        x = _builder.Node("Gather", [x, _builder.Integers([.. Enumerable.Range(0, 16).Select(i => (i * 5L) % 16)])], ModelBuilder.Int("axis", 1));

        AssertFuses(_builder.Build(_builder.Conv(x, 16, 8)), "Gather", "QLinearConv");
    }

    [Fact]
    public void HardSwish_StaysInFloatBetweenIntegerConvolutions()
    {
        var builder = new ModelBuilder([3, 16, 16], opset: 14);
        var model = builder.Build(builder.Conv(builder.Node("HardSwish", [builder.Conv("input", 3, 16)]), 16, 8));

        var quantized = Quantize(model);

        Assert.Equal("HardSwish", Assert.Single(quantized.Report.LeftInFloat).Operator);
        Assert.DoesNotContain("Conv", ModelRunner.FusedOperators(quantized.Model));
        AssertClose(model, quantized);
    }

    [Fact]
    public void LastPooling_AveragesInFloat() // as in SqueezeNet, whose logits it makes
    {
        var x = _builder.Node("GlobalAveragePool", [_builder.Node("Relu", [_builder.Conv("input", 3, 10)])]);
        var model = _builder.Build(_builder.Node("Flatten", [x]));

        var quantized = Quantize(model);

        Assert.Equal(["GlobalAveragePool", "Flatten"], quantized.Report.LeftInFloat.Select(layer => layer.Operator));
        Assert.Contains("logits", quantized.Report.LeftInFloat[0].Reason, StringComparison.Ordinal);
        Assert.Contains("GlobalAveragePool", ModelRunner.FusedOperators(quantized.Model));
        AssertClose(model, quantized);
    }

    [Fact]
    public void DeadChannels_StayConstant()
    {
        var model = _builder.Build(_builder.Conv("input", 3, 16));
        var weights = model.Graph.Initializer.Single(t => t.Dims.Count == 4);
        var values = TensorData.Floats(weights);
        values.AsSpan(0, 54).Clear();
        weights.RawData = TensorData.Create<float>("", values, [.. weights.Dims]).RawData;

        AssertFuses(model, "QLinearConv");
    }

    [Fact]
    public void UnknownOperator_StaysInFloatAndIsReported()
    {
        var x = _builder.Node("Softplus", [_builder.Conv("input", 3, 16)]);
        var model = _builder.Build(_builder.Node("Relu", [_builder.Conv(x, 16, 16)]));

        var quantized = Quantize(model);

        var left = Assert.Single(quantized.Report.LeftInFloat);
        Assert.Equal("Softplus", left.Operator);
        Assert.Equal(["Conv", "Conv"], quantized.Report.Quantized.Select(layer => layer.Operator));
        AssertClose(model, quantized);
    }

    [Fact]
    public void OperatorOfAnotherDomain_IsNotMistakenForTheStandardOne()
    {
        var model = _builder.Build(_builder.Node("Gelu", [_builder.Conv("input", 3, 16)]));
        model.Graph.Node[^1].Domain = "com.microsoft";
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "com.microsoft", Version = 1 });

        var quantized = Quantize(model);

        Assert.Equal("Gelu", Assert.Single(quantized.Report.LeftInFloat).Operator);
        AssertClose(model, quantized);
    }

    [Fact]
    public void SeveralOutputs_KeepTheirNamesAndValues()
    {
        var x = _builder.Node("Relu", [_builder.Conv("input", 3, 16)]);
        var model = _builder.Build(x, _builder.Conv(x, 16, 8));

        var quantized = Quantize(model);

        Assert.Equal(model.Graph.Output.Select(output => output.Name), quantized.Model.Graph.Output.Select(output => output.Name));
        AssertClose(model, quantized);
    }

    [Fact]
    public void ShapeArithmetic_IsNeitherQuantizedNorReported()
    {
        var x = _builder.Node("GlobalAveragePool", [_builder.Node("Relu", [_builder.Conv("input", 3, 16)])]);
        var batch = _builder.Node("Slice", [_builder.Node("Shape", [x]), _builder.Integers([0]), _builder.Integers([1])]);
        var shape = _builder.Node("Concat", [batch, _builder.Integers([16])], ModelBuilder.Int("axis", 0));
        var model = _builder.Build(_builder.Gemm(_builder.Node("Reshape", [x, shape]), 16, 10));

        var quantized = Quantize(model);

        Assert.Empty(quantized.Report.LeftInFloat);
        Assert.Contains("QGemm", ModelRunner.FusedOperators(quantized.Model));
        AssertClose(model, quantized);
    }

    private static QuantizedModel Quantize(ModelProto model) => StaticQuantizer.Quantize(model, ModelRunner.Source(8, Shape));

    // A leading minus takes an operator out of the boundary.
    private static void AssertFuses(ModelProto model, params string[] operators)
    {
        var quantized = Quantize(model);
        var absent = operators.Where(name => name[0] == '-').Select(name => name[1..]).ToList();
        var expected = Boundary.Except(absent).Concat(operators.Where(name => name[0] != '-')).Order(StringComparer.Ordinal);

        Assert.Equal(expected, ModelRunner.FusedOperators(quantized.Model));
        Assert.Empty(quantized.Report.LeftInFloat);
        AssertClose(model, quantized);
    }

    // Mean error within 1.5 % of the output's range: rounding leaves under 1 % here, a wrong scale or order tens of percents.
    private static void AssertClose(ModelProto model, QuantizedModel quantized)
    {
        var (expected, actual) = (Outputs(model, GraphOptimizationLevel.ORT_DISABLE_ALL), Outputs(quantized.Model));
        var error = expected.Zip(actual, (e, a) => Math.Abs(e - a)).Average();
        Assert.True(error < 0.015 * (expected.Max() - expected.Min()), $"mean error {error} over {expected.Min()} to {expected.Max()}");
    }

    private static float[] Outputs(ModelProto model, GraphOptimizationLevel level = GraphOptimizationLevel.ORT_ENABLE_ALL) =>
        [.. ModelRunner.Pictures(4, Shape).SelectMany(picture => ModelRunner.Run(model, picture, [.. Shape.Select(d => (long)d)], level))];
}
