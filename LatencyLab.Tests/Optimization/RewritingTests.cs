using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Graphs;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Inference.Optimization.Rewriting;
using Microsoft.ML.OnnxRuntime;

namespace LatencyLab.Tests.Optimization;

/// <summary>Rewrites must not change what a model computes.</summary>
public class RewritingTests
{
    private static readonly long[] Shape = [3, 8, 8];

    private readonly ModelBuilder _builder = new(Shape);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void BatchNormalization_BehindConvolution_DisappearsWithoutChangingOutputs(bool bias) =>
        AssertEquivalent(_builder.Build(_builder.BatchNormalization(_builder.Conv("input", 3, 8, bias: bias), 8)), "Conv");

    [Fact]
    public void BatchNormalization_BesideAnotherReader_Stays()
    {
        var x = _builder.Conv("input", 3, 8);

        AssertEquivalent(_builder.Build(_builder.Node("Add", [x, _builder.BatchNormalization(x, 8)])), "Conv", "BatchNormalization", "Add");
    }

    [Fact]
    public void ConvolutionsSharingWeights_AreFoldedApart()
    {
        var first = _builder.Conv("input", 3, 3, bias: false);
        var x = _builder.BatchNormalization(first, 3);
        var model = _builder.Build(_builder.BatchNormalization(_builder.Conv(x, 3, 3, bias: false), 3));
        model.Graph.Node[2].Input[1] = model.Graph.Node[0].Input[1];

        AssertEquivalent(model, "Conv", "Conv");
    }

    [Fact]
    public void MatMulWithTransposedWeights_BecomesGemm()
    {
        var weights = _builder.Node("Transpose", [_builder.Random([5, 192], 0.1)], ModelBuilder.Ints("perm", 1, 0));
        var x = _builder.Node("MatMul", [_builder.Node("Flatten", ["input"]), weights]);

        AssertEquivalent(_builder.Build(_builder.Node("Add", [_builder.Random([5], 0.1), x])), "Flatten", "Gemm");
    }

    [Fact]
    public void ScalarBehindConvolution_IsFolded() =>
        AssertEquivalent(_builder.Build(_builder.Node("Mul", [_builder.Constant(-0.3f), _builder.Conv("input", 3, 8)])), "Conv");

    [Fact]
    public void IdentityAndDropout_Disappear() =>
        AssertEquivalent(
            _builder.Build(_builder.Node("Relu", [_builder.Node("Dropout", [_builder.Node("Identity", [_builder.Conv("input", 3, 8)])])])), "Conv", "Relu");

    [Fact]
    public void ConstantNodes_BecomeInitializers()
    {
        var bound = _builder.Node("Constant", [], new AttributeProto
        {
            Name = "value", T = TensorData.Create<float>("", [0.25f]), Type = AttributeProto.Types.AttributeType.Tensor,
        });

        AssertEquivalent(_builder.Build(_builder.Node("Clip", ["input", bound])), "Clip");
    }

    [Fact]
    public void Opset9_IsRaisedTo13()
    {
        var builder = new ModelBuilder(Shape, opset: 9);
        var x = builder.Node("Clip", [builder.Conv("input", 3, 8)], ModelBuilder.Float("min", 0), ModelBuilder.Float("max", 0.7f));
        x = builder.Node("Dropout", [builder.Node("GlobalAveragePool", [x])], ModelBuilder.Float("ratio", 0.5f));
        var model = builder.Build(builder.Node("Squeeze", [x], ModelBuilder.Ints("axes", 2, 3)));
        model.IrVersion = 3; // Such files list initializers among the inputs.
        model.Graph.Input.Add(model.Graph.Initializer.Select(t => new ValueInfoProto
        {
            Name = t.Name,
            Type = new TypeProto
            {
                TensorType = new TypeProto.Types.Tensor
                {
                    ElemType = t.DataType,
                    Shape = new TensorShapeProto { Dim = { t.Dims.Select(d => new TensorShapeProto.Types.Dimension { DimValue = d }) } },
                },
            },
        }));

        var rewritten = AssertEquivalent(model, "Conv", "Clip", "GlobalAveragePool", "Squeeze");

        Assert.Equal(13, rewritten.OpsetImport.Single().Version);
        Assert.Single(rewritten.Graph.Input);
    }

    [Fact]
    public void OpsetThatCannotBeRaised_IsRefusedWithTheOperator()
    {
        var builder = new ModelBuilder(Shape, opset: 11);
        var model = builder.Build(builder.Node("Hardmax", [builder.Conv("input", 3, 8)]));

        var refusal = Assert.Throws<InvalidModelException>(() => Canonicalization.Apply(new ModelGraph(model)));
        Assert.Contains("Hardmax", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(-1)]
    public void SoftmaxOfOpset11_KeepsItsMeaning(int axis)
    {
        var builder = new ModelBuilder(Shape, opset: 11);
        var model = builder.Build(builder.Node("Softmax", [builder.Conv("input", 3, 8)], ModelBuilder.Int("axis", axis)));

        AssertEquivalent(model, axis == -1 ? ["Conv", "Softmax"] : ["Conv", "Shape", "Flatten", "Softmax", "Reshape"]);
    }

    [Fact]
    public void SoftmaxOfOpset11_BehindAMatrix_StaysAlone()
    {
        var builder = new ModelBuilder(Shape, opset: 11);

        AssertEquivalent(builder.Build(builder.Node("Softmax", [builder.Gemm(builder.Node("Flatten", ["input"]), 192, 5)])), "Flatten", "Gemm", "Softmax");
    }

    [Fact]
    public void SplitOfOpset11_TakesItsPartsAsInput()
    {
        var builder = new ModelBuilder(Shape, opset: 11);
        var parts = builder.Split(builder.Conv("input", 3, 8), 2);
        var model = builder.Build(builder.Node("Concat", [parts[1], parts[0]], ModelBuilder.Int("axis", 1)));
        model.Graph.Node[1].Attribute.Add(ModelBuilder.Ints("split", 3, 5));

        AssertEquivalent(model, "Conv", "Split", "Concat");
    }

    [Fact]
    public void DropoutWithAMaskThatNobodyReads_Disappears()
    {
        var model = _builder.Build(_builder.Node("Relu", [_builder.Node("Dropout", [_builder.Conv("input", 3, 8)])]));
        model.Graph.Node[1].Output.Add("mask");

        AssertEquivalent(model, "Conv", "Relu");
    }

    [Fact]
    public void NodesOutOfOrder_AreSorted()
    {
        var model = _builder.Build(_builder.Node("Relu", [_builder.Conv("input", 3, 8)]));
        var nodes = model.Graph.Node.Reverse().ToList();
        model.Graph.Node.Clear();
        model.Graph.Node.Add(nodes);

        AssertEquivalent(model, "Conv", "Relu");
    }

    [Fact]
    public void Cycle_IsRefused()
    {
        var model = _builder.Build(_builder.Node("Relu", [_builder.Conv("input", 3, 8)]));
        model.Graph.Node[0].Input[0] = model.Graph.Node[1].Output[0];

        Assert.Contains("cycle", Assert.Throws<InvalidModelException>(() => new ModelGraph(model)).Message, StringComparison.Ordinal);
    }

    private static ModelProto AssertEquivalent(ModelProto model, params string[] operatorsLeft)
    {
        var graph = new ModelGraph(model.Clone());
        Canonicalization.Apply(graph);

        Assert.Equal(operatorsLeft, graph.Nodes.Select(node => node.OpType));
        var picture = ModelRunner.Pictures(1, [.. Shape.Select(d => (int)d)])[0];
        var expected = ModelRunner.Run(model, picture, Shape, GraphOptimizationLevel.ORT_DISABLE_ALL);
        Assert.Equal(expected, ModelRunner.Run(graph.Model, picture, Shape, GraphOptimizationLevel.ORT_DISABLE_ALL), (a, b) => MathF.Abs(a - b) < 1e-4f);
        return graph.Model;
    }
}
