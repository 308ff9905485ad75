using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Inference.Optimization.Pruning;
using LatencyLab.Tests.Requirements;

namespace LatencyLab.Tests.Optimization.Pruning;

/// <summary>Channels that do nothing go without a trace, however the layers are connected.</summary>
public class StructuredPrunerPatternTests
{
    private static readonly string[] Names =
    [
        "chain", "residual", "depthwise", "depth multiplier", "squeeze and excite", "concatenation", "flattened map", "named reshape",
        "transposed product", "constants", "shared weights",
    ];

    public static TheoryData<string> Examples { get; } = new(Names);

    [Theory]
    [MemberData(nameof(Examples))]
    public void IdleChannels_Pruned_LeaveTheOutputsEqual(string name)
    {
        var example = PruningExample.Named(name);
        var options = new PruningOptions { KeepShare = example.KeepShare, RoundTo = 1, MinimumChannels = 1 };

        var pruned = StructuredPruner.Prune(example.Model, options);

        Assert.Equal(example.KeepShare, pruned.Report.KeptShare, 1e-9);
        Assert.True(pruned.Report.MultiplyAccumulatesAfter < pruned.Report.MultiplyAccumulatesBefore);
        Assert.True(pruned.Report.ParametersAfter < pruned.Report.ParametersBefore || name == "shared weights");
        var picture = Assert.Single(ModelRunner.Pictures(1, 3, 8, 8));
        Assert.Equal(
            ModelRunner.Run(example.Model, picture, [3, 8, 8]), ModelRunner.Run(pruned.Model, picture, [3, 8, 8]), (a, b) => MathF.Abs(a - b) < 1e-5f);
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void AnyPattern_PrunedToHalf_StillRuns(string name)
    {
        var options = new PruningOptions { RoundTo = 2, MinimumChannels = 2, Allocation = PruningAllocation.Uniform };

        var pruned = StructuredPruner.Prune(PruningExample.Named(name).Model, options);

        Assert.All(pruned.Report.Layers.Where(layer => layer.ChannelsAfter < layer.ChannelsBefore), layer => Assert.Null(layer.LeftAlone));
        Assert.Equal(5, ModelRunner.Run(pruned.Model, ModelRunner.Pictures(1, 3, 8, 8)[0], [3, 8, 8]).Length);
    }

    [OnnxCheckerFact]
    public void AnyPattern_Pruned_PassesTheOnnxChecker()
    {
        foreach (var name in Names)
        {
            var model = PruningExample.Named(name).Model;
            TensorShapeProto.Types.Dimension[] dimensions = [new() { DimParam = "N" }, new() { DimValue = 5 }];
            model.Graph.Output[0].Type.TensorType.Shape = new TensorShapeProto { Dim = { dimensions } };
            var path = Path.GetTempFileName();
            try
            {
                StructuredPruner.Prune(model, new PruningOptions { RoundTo = 1, MinimumChannels = 1 }).Save(path);

                Assert.True(OnnxChecker.Complaint(path) is "", $"{name}: {OnnxChecker.Complaint(path)}");
            }
            finally
            {
                File.Delete(path);
            }
        }
    }
}
