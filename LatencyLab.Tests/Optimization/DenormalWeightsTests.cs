using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Inference.Optimization.Pruning;
using LatencyLab.Tests.Optimization.Pruning;

namespace LatencyLab.Tests.Optimization;

public class DenormalWeightsTests
{
    private const float SmallestNormal = 1.17549435e-38f;

    [Fact]
    public void Denormals_InRawAndTypedWeights_BecomeZero()
    {
        var raw = TensorData.Create<float>("raw", [1e-40f, -1e-45f, 1, SmallestNormal, -SmallestNormal, float.NaN], 6);
        var typed = new TensorProto { Name = "typed", DataType = (int)TensorProto.Types.DataType.Float, Dims = { 2 }, FloatData = { -3e-39f, 2 } };
        var model = new ModelProto { Graph = new GraphProto { Initializer = { raw, typed } } };

        Assert.Equal(3, DenormalWeights.Flush(model));

        Assert.Equal([0, 0, 1, SmallestNormal, -SmallestNormal, float.NaN], TensorData.Floats(raw));
        Assert.Equal([0, 2], TensorData.Floats(typed));
    }

    [Fact]
    public void Weights_WithoutDenormals_KeepTheirBytes()
    {
        var typed = new TensorProto { Name = "typed", DataType = (int)TensorProto.Types.DataType.Float, Dims = { 2 }, FloatData = { -3, 2 } };
        var before = typed.Clone();

        Assert.Equal(0, DenormalWeights.Flush(new ModelProto { Graph = new GraphProto { Initializer = { typed } } }));

        Assert.Equal(before, typed);
    }

    [Fact]
    public void Pruning_OfDecayedWeights_WritesNoDenormals()
    {
        var model = PruningExample.Named("residual").Model;
        var bias = model.Graph.Initializer.Single(t => t.Name == model.Graph.Node[0].Input[2]);
        bias.RawData = TensorData.Create<float>("", [1e-39f, -1e-39f, 1e-41f, 0, 0, 1, 1, 1], 8).RawData;

        var pruned = StructuredPruner.Prune(model, new PruningOptions { KeepShare = 1 });

        Assert.Equal(3, pruned.Report.DenormalsFlushed);
        Assert.DoesNotContain(pruned.Model.Graph.Initializer.Where(t => t.DataType == 1).SelectMany(TensorData.Floats), float.IsSubnormal);
    }
}
