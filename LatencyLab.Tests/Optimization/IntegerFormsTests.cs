using LatencyLab.Inference.Optimization.Graphs;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Inference.Optimization.Quantization;
using LatencyLab.Inference.Optimization.Rewriting;
using Microsoft.ML.OnnxRuntime;

namespace LatencyLab.Tests.Optimization;

/// <summary>Operators that are exchanged for others must compute the same, and what does not fit must stay.</summary>
public class IntegerFormsTests
{
    private static readonly long[] Shape = [3, 8, 8];

    private readonly ModelBuilder _builder = new(Shape);

    [Fact]
    public void SumOfTwo_BecomesAdd()
    {
        var x = _builder.Conv("input", 3, 8);

        AssertEquivalent(_builder.Build(_builder.Node("Sum", [x, _builder.Node("Sigmoid", [x])])), "Conv", "Sigmoid", "Add");
    }

    [Fact]
    public void SumOfThree_Stays()
    {
        var x = _builder.Conv("input", 3, 8);

        AssertEquivalent(_builder.Build(_builder.Node("Sum", [x, x, x])), "Conv", "Sum");
    }

    [Theory]
    [InlineData(1, "GlobalAveragePool")]
    [InlineData(0, "GlobalAveragePool", "Flatten")]
    public void MeanOfPlanes_BecomesPooling(int keepDimensions, params string[] left)
    {
        var x = _builder.Node("Relu", [_builder.Conv("input", 3, 8)]);

        AssertEquivalent(
            _builder.Build(_builder.Node("ReduceMean", [x], ModelBuilder.Ints("axes", -1, -2), ModelBuilder.Int("keepdims", keepDimensions))),
            ["Conv", "Relu", .. left]);
    }

    [Fact]
    public void MeanOfPlanes_OfOpset18_BecomesPooling()
    {
        var builder = new ModelBuilder(Shape, opset: 18);
        var model = builder.Build(builder.Node("ReduceMean", [builder.Conv("input", 3, 8), builder.Integers([2, 3])]));
        model.IrVersion = 8;

        AssertEquivalent(model, "Conv", "GlobalAveragePool");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void MeanOfAnotherAxis_Stays(int axis) =>
        AssertEquivalent(_builder.Build(_builder.Node("ReduceMean", [_builder.Conv("input", 3, 8)], ModelBuilder.Ints("axes", axis))), "Conv", "ReduceMean");

    [Fact]
    public void MeanOfATensorOfUnknownRank_Stays()
    {
        var x = _builder.Node("Reshape", [_builder.Conv("input", 3, 8), _builder.Integers([1, 8, 4, 4, 4])]);

        AssertEquivalent(_builder.Build(_builder.Node("ReduceMean", [x], ModelBuilder.Ints("axes", -1, -2))), "Conv", "Reshape", "ReduceMean");
    }

    [Fact]
    public void PadBeforeConvolution_BecomesItsPadding() =>
        AssertEquivalent(_builder.Build(_builder.Conv(Pad("input", 0, 2, 1, 0), 3, 8)), "Conv");

    [Fact]
    public void PadBehindRelu_BecomesPaddingOfTheMaxPool()
    {
        var x = Pad(_builder.Node("Relu", [_builder.Conv("input", 3, 8)]), 0, 0, 1, 1);

        AssertEquivalent(_builder.Build(_builder.MaxPool(x)), "Conv", "Relu", "MaxPool");
    }

    [Fact]
    public void PadOfNegativeValuesBeforeMaxPool_Stays() =>
        AssertEquivalent(_builder.Build(_builder.MaxPool(Pad(_builder.Conv("input", 3, 8), 1, 1, 1, 1))), "Conv", "Pad", "MaxPool");

    [Fact]
    public void PadWithAnotherValue_Stays()
    {
        var padded = _builder.Node("Pad", ["input", _builder.Integers([0, 0, 1, 1, 0, 0, 1, 1]), _builder.Constant(0.5f)]);

        AssertEquivalent(_builder.Build(_builder.Conv(padded, 3, 8)), "Pad", "Conv");
    }

    [Fact]
    public void PadThatReflects_Stays()
    {
        var mode = new AttributeProto
        {
            Name = "mode", Type = AttributeProto.Types.AttributeType.String, S = Google.Protobuf.ByteString.CopyFromUtf8("reflect"),
        };
        var padded = _builder.Node("Pad", ["input", _builder.Integers([0, 0, 1, 1, 0, 0, 1, 1])], mode);

        AssertEquivalent(_builder.Build(_builder.Conv(padded, 3, 8)), "Pad", "Conv");
    }

    private string Pad(string x, params long[] margins) =>
        _builder.Node("Pad", [x, _builder.Integers([0, 0, margins[0], margins[1], 0, 0, margins[2], margins[3]])]);

    private static void AssertEquivalent(ModelProto model, params string[] operatorsLeft)
    {
        var graph = new ModelGraph(model.Clone());
        Canonicalization.Apply(graph);
        IntegerForms.Apply(graph);

        Assert.Equal(operatorsLeft, graph.Nodes.Select(node => node.OpType));
        var picture = ModelRunner.Pictures(1, [.. Shape.Select(d => (int)d)])[0];
        var expected = ModelRunner.Run(model, picture, Shape, GraphOptimizationLevel.ORT_DISABLE_ALL);
        Assert.Equal(expected, ModelRunner.Run(graph.Model, picture, Shape, GraphOptimizationLevel.ORT_DISABLE_ALL), (a, b) => MathF.Abs(a - b) < 1e-4f);
    }
}
