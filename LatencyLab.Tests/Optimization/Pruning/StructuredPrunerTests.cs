using Google.Protobuf;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Inference.Optimization.Pruning;
using LatencyLab.Inference.Optimization.Quantization;
using LatencyLab.Tests.Requirements;

namespace LatencyLab.Tests.Optimization.Pruning;

public class StructuredPrunerTests
{
    private static readonly string Embedded = Repository.PathOf("models/cifar10_resnet9/fp32.onnx");

    private static readonly PruningOptions Fine = new() { RoundTo = 1, MinimumChannels = 1 };

    [Theory]
    [InlineData(PruningAllocation.Global)]
    [InlineData(PruningAllocation.Uniform)]
    public void EmbeddedModel_PrunedToHalf_HasAboutAQuarterOfTheWork(PruningAllocation allocation)
    {
        var report = StructuredPruner.Prune(Embedded, new PruningOptions { Allocation = allocation }).Report;

        Assert.Equal((150_703_232, 2_954_858), (report.MultiplyAccumulatesBefore, report.ParametersBefore));
        Assert.InRange(report.KeptShare, 0.45, 0.55);
        Assert.InRange(report.MultiplyAccumulatesRemoved, 0.65, 0.85);
        Assert.InRange(report.ParametersRemoved, 0.6, 0.9);
        Assert.All(report.Layers.SkipLast(1), layer => Assert.Equal(0, layer.ChannelsAfter % 8));
        Assert.Equal((10, 10, "They are the model's outputs."), (report.Layers[^1].ChannelsBefore, report.Layers[^1].ChannelsAfter, report.Layers[^1].LeftAlone));
    }

    [Fact]
    public void Uniform_TakesTheSameShareFromEveryLayer()
    {
        var report = StructuredPruner.Prune(Embedded, new PruningOptions { Allocation = PruningAllocation.Uniform }).Report;

        Assert.All(report.Layers.SkipLast(1), layer => Assert.Equal(layer.ChannelsBefore / 2, layer.ChannelsAfter));
    }

    [Theory]
    [InlineData(PruningAllocation.Global)]
    [InlineData(PruningAllocation.Uniform)]
    public void Target_OfMultiplyAdds_IsMetAndNearlyUsedUp(PruningAllocation allocation)
    {
        var report = StructuredPruner.Prune(Embedded, new PruningOptions { MultiplyAccumulatesShare = 0.3, Allocation = allocation }).Report;

        Assert.InRange(1 - report.MultiplyAccumulatesRemoved, 0.22, 0.3);
    }

    [Fact]
    public void Target_BelowTheFewestChannels_IsRefusedWithTheFloor()
    {
        var refusal = Assert.Throws<PruningException>(() => StructuredPruner.Prune(Embedded, new PruningOptions { MultiplyAccumulatesShare = 1e-6 }));

        Assert.Contains("multiply-adds cannot be reached", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void KeepingAll_ChangesNoLayer()
    {
        var model = OnnxModelFile.Load(Embedded);

        var pruned = StructuredPruner.Prune(model, new PruningOptions { KeepShare = 1, RoundTo = 7 });

        Assert.Equal(model.Graph.Initializer, pruned.Model.Graph.Initializer);
        Assert.Equal(0, pruned.Report.MultiplyAccumulatesRemoved);
    }

    [Fact]
    public void Prune_Twice_GivesTheSameBytesAndLeavesTheGivenModelAlone()
    {
        var model = PruningExample.Named("residual").Model;
        var before = model.ToByteArray();

        Assert.Equal(StructuredPruner.Prune(model, Fine).Model.ToByteArray(), StructuredPruner.Prune(model, Fine).Model.ToByteArray());
        Assert.Equal(before, model.ToByteArray());
    }

    [Fact]
    public void Weights_KeepTheirNames()
    {
        var example = PruningExample.Named("chain");

        var pruned = StructuredPruner.Prune(example.Model, Fine);

        Assert.Equal(example.Model.Graph.Initializer.Select(t => t.Name), pruned.Model.Graph.Initializer.Select(t => t.Name));
        Assert.Contains(pruned.Model.Graph.Node, node => node.OpType == "BatchNormalization");
    }

    [Fact]
    public void GroupedConvolution_StaysWithItsNeighbours()
    {
        var builder = new ModelBuilder([3, 8, 8]);
        var grouped = builder.Conv(builder.Conv("input", 3, 16), 16, 16, group: 4);
        var model = Classified(builder, builder.Conv(grouped, 16, 16), 16);

        var layers = StructuredPruner.Prune(model, Fine).Report.Layers;

        Assert.Equal([16, 16, 8, 5], layers.Select(layer => layer.ChannelsAfter));
        Assert.All(layers.Take(2), layer => Assert.Contains("'conv1' convolves them in 4 groups", layer.LeftAlone, StringComparison.Ordinal));
    }

    [Fact]
    public void UnknownOperator_FreezesWhatFlowsIntoIt()
    {
        var builder = new ModelBuilder([3, 8, 8]);
        var shuffled = builder.Node("LRN", [builder.Conv("input", 3, 16)], ModelBuilder.Int("size", 3));
        var model = Classified(builder, builder.Conv(shuffled, 16, 16), 16);

        var layers = StructuredPruner.Prune(model, Fine).Report.Layers;

        Assert.Equal([16, 8, 5], layers.Select(layer => layer.ChannelsAfter));
        Assert.Contains("'lrn1' (LRN)", layers[0].LeftAlone, StringComparison.Ordinal);
    }

    [Fact]
    public void ChannelsTiedToTheInput_Stay()
    {
        var builder = new ModelBuilder([3, 8, 8]);
        var sum = builder.Node("Add", ["input", builder.Conv(builder.Conv("input", 3, 16), 16, 3)]);

        var layers = StructuredPruner.Prune(Classified(builder, sum, 3), Fine).Report.Layers;

        Assert.Equal([8, 3, 5], layers.Select(layer => layer.ChannelsAfter));
        Assert.Equal("They are the model's input channels.", layers[1].LeftAlone);
    }

    [Theory]
    [InlineData("conv0")]
    [InlineData("w0")]
    public void SkippedLayer_KeepsItsChannels(string name)
    {
        var builder = new ModelBuilder([3, 8, 8]);
        var model = Classified(builder, builder.Conv(builder.Conv("input", 3, 16), 16, 16), 16);

        var layers = StructuredPruner.Prune(model, Fine with { Skip = [name] }).Report.Layers;

        Assert.Equal([16, 8, 5], layers.Select(layer => layer.ChannelsAfter));
        Assert.Equal("'conv0' was to be skipped.", layers[0].LeftAlone);
    }

    [Fact]
    public void SkippedLayer_ThatDoesNotExist_IsNamedBesideThoseThatDo()
    {
        var refusal = Assert.Throws<PruningException>(() => StructuredPruner.Prune(PruningExample.Named("chain").Model, Fine with { Skip = ["layer9"] }));

        Assert.Contains("'layer9'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("conv0", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BatchNormScale_Decides_WhereItIsAskedFor()
    {
        // Channel 0 has large weights and a small scale; by magnitude it stays, by scale it goes.
        var builder = new ModelBuilder([1, 8, 8]);
        var normalized = builder.BatchNormalization(builder.Conv("input", 1, 2, kernel: 1, bias: false), 2);
        var model = Classified(builder, normalized, 2);
        void Set(string name, params float[] values) =>
            model.Graph.Initializer.Single(t => t.Name == name).RawData = TensorData.Create<float>("", values, values.Length).RawData;
        var inputs = model.Graph.Node[1].Input;
        Set(model.Graph.Node[0].Input[1], 100, 1);
        Set(inputs[1], 0.5f, 1);
        Set(inputs[4], 1, 1);

        float Survivor(PruningCriterion criterion) =>
            TensorData.Floats(StructuredPruner.Prune(model, Fine with { Criterion = criterion }).Model.Graph.Initializer[0])[0];

        Assert.Equal(100, Survivor(PruningCriterion.L1));
        Assert.Equal(1, Survivor(PruningCriterion.BatchNorm));
    }

    [Fact]
    public void BatchNormScale_OfAFoldedModel_IsRefusedWithTheFix()
    {
        var refusal = Assert.Throws<PruningException>(
            () => StructuredPruner.Prune(Embedded, new PruningOptions { Criterion = PruningCriterion.BatchNorm }));

        Assert.Contains("Prune by L1", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void QuantizedModel_IsRefused()
    {
        var builder = new ModelBuilder([3, 8, 8]);
        var model = StaticQuantizer.Quantize(Classified(builder, builder.Conv("input", 3, 16), 16), ModelRunner.Source(2, 3, 8, 8)).Model;

        Assert.Contains("FP32", Assert.Throws<PruningException>(() => StructuredPruner.Prune(model)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void KeepShare_OutOfRange_IsRefused(double share) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StructuredPruner.Prune(Embedded, new PruningOptions { KeepShare = share }));

    [SharedDataFact]
    public void MobileNetV2_PrunedToATarget_KeepsDepthwiseAndResidualChannelsTied()
    {
        var path = SharedData.PathOf("models", "imagenet", "mobilenet_v2_1.0_224.onnx");

        var pruned = StructuredPruner.Prune(path, new PruningOptions { MultiplyAccumulatesShare = 0.5 });

        Assert.InRange(pruned.Report.MultiplyAccumulatesRemoved, 0.5, 0.55);
        Assert.All(pruned.Report.Layers.SkipLast(1), layer => Assert.Null(layer.LeftAlone));
        Assert.Equal(1000, pruned.Report.Layers[^1].ChannelsAfter);
    }

    private static ModelProto Classified(ModelBuilder builder, string features, int channels) =>
        builder.Build(builder.Gemm(builder.Node("Flatten", [builder.Node("GlobalAveragePool", [features])]), channels, 5));
}
