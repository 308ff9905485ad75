using LatencyLab.Inference.Optimization.Calibration;
using LatencyLab.Inference.Optimization.Graphs;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Inference.Optimization.Quantization;
using LatencyLab.Inference.Optimization.Rewriting;
using Microsoft.ML.OnnxRuntime;

namespace LatencyLab.Tests.Optimization;

public class CrossLayerEqualizationTests
{
    private const int Channels = 8;

    private static readonly int[] Shape = [3, 8, 8];

    private readonly ModelBuilder _builder = new([3, 8, 8]);

    [Theory]
    [InlineData("Relu", Channels)]
    [InlineData("Relu", 1)]
    [InlineData("Relu", 2)]
    [InlineData(null, Channels)]
    [InlineData(null, 1)]
    public void UnevenChannels_BeforeAnotherConvolution_AreSharedOutWithoutChangingOutputs(string? activation, int group)
    {
        var x = _builder.Conv("input", 3, Channels);
        x = activation is null ? x : _builder.Node(activation, [x]);
        var model = Uneven(_builder.Build(_builder.Conv(x, Channels, Channels, group: group)));

        var equalized = AssertSameOutputs(model, Apply(model));

        var (first, second) = (Convolution(equalized, 0), Convolution(equalized, 1));
        Assert.Equal(first.OutputRanges(), second.InputRanges(), (a, b) => MathF.Abs(a - b) < 0.01f * a);
    }

    [Fact]
    public void Chain_OfExpansionDepthwiseAndProjection_SettlesWithoutChangingOutputs()
    {
        var x = _builder.Node("Relu", [_builder.Conv("input", 3, Channels, kernel: 1)]);
        x = _builder.Node("Relu", [_builder.Conv(x, Channels, Channels, group: Channels)]);
        var model = Uneven(_builder.Build(_builder.Conv(x, Channels, 4, kernel: 1, bias: false)));

        var equalized = AssertSameOutputs(model, Apply(model));

        for (var pair = 0; pair < 2; pair++)
        {
            Assert.Equal(
                Convolution(equalized, pair).OutputRanges(), Convolution(equalized, pair + 1).InputRanges(), (a, b) => MathF.Abs(a - b) < 0.01f * a);
        }
    }

    [Fact]
    public void Clip_ThatCutsSomeChannels_KeepsThoseAndOutputsOnTheCalibrationPictures()
    {
        var x = _builder.Clip(_builder.Conv("input", 3, Channels), 0, 2);
        var model = Uneven(_builder.Build(_builder.Conv(x, Channels, Channels)));
        var source = ModelRunner.Source(6, Shape);
        var graph = new ModelGraph(model.Clone());
        var peaks = new ChannelPeaks(CrossLayerEqualization.BoundedActivations(graph));
        new ActivationCalibrator(2, 1).Run(graph.Model, source, peaks, _ => { }, CancellationToken.None);
        var cut = Assert.Single(peaks.Peaks).Value.Select(peak => peak >= 2).ToArray();
        Assert.Contains(true, cut);
        Assert.Contains(false, cut);

        new CrossLayerEqualization(peaks.Peaks).Apply(graph);

        AssertSameOutputs(model, graph.Model, pictures: 6);
        var (before, after) = (Convolution(model, 0).OutputRanges(), Convolution(graph.Model, 0).OutputRanges());
        Assert.All(cut.Select((isCut, channel) => (isCut, channel)).Where(pair => pair.isCut), pair => Assert.Equal(before[pair.channel], after[pair.channel]));
        Assert.Contains(cut.Select((isCut, channel) => (isCut, channel)), pair => !pair.isCut && MathF.Abs(before[pair.channel] - after[pair.channel]) > 1e-3f);
    }

    [Fact]
    public void Clip_ThatNoPicturesWereShownTo_IsLeftAlone()
    {
        var model = Uneven(_builder.Build(_builder.Conv(_builder.Clip(_builder.Conv("input", 3, Channels), 0, 6), Channels, Channels)));

        Assert.Equal(model, Apply(model));
    }

    [Theory]
    [InlineData("Sigmoid")]
    [InlineData("HardSwish")]
    public void Activation_ThatIsNoMultipleOfItself_IsLeftAlone(string activation)
    {
        var builder = new ModelBuilder([3, 8, 8], opset: 14);
        var model = Uneven(builder.Build(builder.Conv(builder.Node(activation, [builder.Conv("input", 3, Channels)]), Channels, Channels)));

        Assert.Equal(model, Apply(model));
    }

    [Fact]
    public void Channels_ThatAnotherNodeReads_AreLeftAlone()
    {
        var x = _builder.Node("Relu", [_builder.Conv("input", 3, Channels)]);
        var model = Uneven(_builder.Build(_builder.Node("Add", [x, _builder.Conv(x, Channels, Channels)])));

        Assert.Equal(model, Apply(model));
    }

    [Fact]
    public void Quantizer_ToldToEqualize_LosesLessOnUnevenChannels()
    {
        var x = _builder.Node("Relu", [_builder.Conv("input", 3, Channels)]);
        var model = Compensated(_builder.Build(_builder.Conv(x, Channels, Channels, group: Channels)));
        var expected = ModelRunner.Run(model, ModelRunner.Pictures(1, Shape)[0], [3, 8, 8]);

        double Error(bool equalize)
        {
            var quantized = StaticQuantizer.Quantize(model, ModelRunner.Source(8, Shape), new QuantizationOptions { Equalize = equalize });
            return ModelRunner.Run(quantized.Model, ModelRunner.Pictures(1, Shape)[0], [3, 8, 8]).Zip(expected).Sum(pair => Math.Abs(pair.First - pair.Second));
        }

        Assert.True(Error(equalize: true) < 0.7 * Error(equalize: false));
    }

    // Channel after channel twice as large in the first convolution, and half as large in the second: outputs stay even.
    private static ModelProto Compensated(ModelProto model)
    {
        var graph = new ModelGraph(model);
        var convolutions = graph.Nodes.Where(node => node.OpType == "Conv").Select(node => new ScaledConvolution(graph, node)).ToList();
        for (var channel = 0; channel < Channels; channel++)
        {
            convolutions[0].ScaleOutput(channel, Math.Pow(2, channel));
            convolutions[1].ScaleInput(channel, Math.Pow(2, -channel));
        }

        convolutions.ForEach(convolution => convolution.Store(graph));
        graph.RemoveUnused();
        return model;
    }

    // Channel after channel twice as large in the first convolution.
    private static ModelProto Uneven(ModelProto model)
    {
        var convolutions = model.Graph.Node.Where(node => node.OpType == "Conv").ToList();
        foreach (var name in convolutions[0].Input.Skip(1))
        {
            var tensor = model.Graph.Initializer.Single(t => t.Name == name);
            var values = TensorData.Floats(tensor);
            var perChannel = values.Length / (int)tensor.Dims[0];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] *= MathF.Pow(2, (i / perChannel) - 6);
            }

            tensor.RawData = TensorData.Create<float>("", values, values.Length).RawData;
        }

        return model;
    }

    private static ModelProto Apply(ModelProto model)
    {
        var graph = new ModelGraph(model.Clone());
        new CrossLayerEqualization(new Dictionary<string, float[]>()).Apply(graph);
        return graph.Model;
    }

    private static ScaledConvolution Convolution(ModelProto model, int index)
    {
        var graph = new ModelGraph(model.Clone());
        return new ScaledConvolution(graph, graph.Nodes.Where(node => node.OpType == "Conv").ElementAt(index));
    }

    private static ModelProto AssertSameOutputs(ModelProto before, ModelProto after, int pictures = 3)
    {
        foreach (var picture in ModelRunner.Pictures(pictures, Shape))
        {
            var expected = ModelRunner.Run(before, picture, [3, 8, 8], GraphOptimizationLevel.ORT_DISABLE_ALL);
            var largest = expected.Max(MathF.Abs);
            Assert.Equal(
                expected, ModelRunner.Run(after, picture, [3, 8, 8], GraphOptimizationLevel.ORT_DISABLE_ALL), (a, b) => MathF.Abs(a - b) < 1e-4f * largest);
        }

        return after;
    }
}
